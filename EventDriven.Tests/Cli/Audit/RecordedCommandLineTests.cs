using EventDriven.Cli;
using EventDriven.Cli.Audit;
using EventDriven.Cli.Tokens;
using EventDriven.Identity;
using EventDriven.Messaging.Operations.Audit;

namespace EventDriven.Tests.Cli.Audit;

/// <summary>What of a command line is recorded.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class RecordedCommandLineTests
{
    [Theory]
    [InlineData("replay --group notes --from 2h --yes --because why --json", "replay --group notes --from 2h --yes --json")]
    [InlineData("replay --because why --group notes --from 2h", "replay --group notes --from 2h")]
    [InlineData("replay --because=why --group=notes --from 2h", "replay --group notes --from 2h")]
    [InlineData("topics apply --kafka localhost:9092", "topics apply --kafka localhost:9092")]
    [InlineData("topics apply --kafka BootstrapServers=a:1;SaslPassword=hunter2", "topics apply --kafka (connection string)")]
    [InlineData("dead-letters redrive --key \"it's one\"", @"dead-letters redrive --key 'it'\''s one'")]
    [InlineData("dead-letters redrive --key eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl", "dead-letters redrive --key '***'")]
    [InlineData("dead-letters redrive --key http://ada:hunter2@host/", "dead-letters redrive --key 'http://***@host/'")]
    [InlineData("dead-letters redrive --key a;b", "dead-letters redrive --key 'a;b'")]
    [InlineData("dead-letters redrive --key a*|&`(b)<>#~!", "dead-letters redrive --key 'a*|&`(b)<>#~!'")]
    [InlineData("dead-letters redrive --key Az09_./:=@,+-", "dead-letters redrive --key Az09_./:=@,+-")]
    public void It_is_what_was_typed_without_secrets_and_reason(string typed, string recorded) => Assert.Equal(
        recorded, RecordedCommandLine.Of(OperatorCommands.Create(Asked.Nobody).Parse(typed), new SecretMask([])));

    [Theory]
    [InlineData("inventory", "replay --group inventory --from 2h", "replay --group inventory --from 2h")]
    [InlineData("orders.v1", "replay --group notes --topic orders.v1 --from 2h", "replay --group notes --topic orders.v1 --from 2h")]
    [InlineData("0199aa3c-5d0e-7a43-9c3c-2f1d6a7b8c9d", "forget 0199aa3c-5d0e-7a43-9c3c-2f1d6a7b8c9d",
        "forget 0199aa3c-5d0e-7a43-9c3c-2f1d6a7b8c9d")]
    [InlineData("0f3a9c77d2b14e60", "dead-letters redrive --key 0f3a9c77d2b14e60", "dead-letters redrive --key '***'")]
    public void What_tells_on_what_it_acts_stays_though_it_is_a_password_too(string password, string typed, string recorded) =>
        Assert.Equal(
            recorded, RecordedCommandLine.Of(OperatorCommands.Create(Asked.Nobody).Parse(typed), new SecretMask([password])));

    [Theory]
    [InlineData("Host=a;Password=hunter2;Database=d", "Host=a;Password=***;Database=d")]
    [InlineData("Password = 'with spaces';Database=d", "Password=***;Database=d")]
    [InlineData("SaslPassword=\"a;b\" and more", "SaslPassword=*** and more")]
    [InlineData("client_secret=abc,scope=x", "client_secret=***,scope=x")]
    [InlineData("SharedAccessKey=abc=;x", "SharedAccessKey=***;x")]
    [InlineData("the password is known-secret", "the password is ***")]
    [InlineData("Order 17 has no key=value", "Order 17 has no key=value")]
    public void What_has_the_form_of_a_secret_or_is_known_as_one_is_masked(string text, string masked) =>
        Assert.Equal(masked, new SecretMask(["known-secret"]).Apply(text));

    [Theory]
    [InlineData("short", 5, "short")]
    [InlineData("longer", 5, "long…")]
    [InlineData("abc\ud83d\ude00e", 5, "abc…")]
    [InlineData("a\0b", 5, "a\ufffdb")]
    public void A_text_is_bounded_and_what_PostgreSQL_can_store(string text, int length, string stored) =>
        Assert.Equal(stored, CommandText.Bounded(text, length));

    // An attribute can't hold half a character.
    [Fact]
    public void Half_a_character_is_replaced() => Assert.Equal("a\ufffd", CommandText.Bounded("a" + (char)0xd83d, 5));

    [Fact]
    public void Whom_a_token_names_is_read_from_it()
    {
        var token = new DevelopmentIssuer(DevelopmentIssuer.NewKey(), TimeProvider.System)
            .Issue(new TokenRequest("ada") { Scopes = [Scopes.OpsRead], Lifetime = TimeSpan.FromMinutes(1) });

        Assert.Equal("ada", CallerToken.SubjectOf(token));
        Assert.All([null, "", "opaque", "a.b.c", "a.e30.c"], other => Assert.Null(CallerToken.SubjectOf(other)));
    }
}
