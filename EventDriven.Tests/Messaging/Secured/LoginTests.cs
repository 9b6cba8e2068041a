using EventDriven.Tests.Messaging.Host;

namespace EventDriven.Tests.Messaging.Secured;

/// <summary>Each way to log in, with the least rights; and what a service says and does when it is turned away.</summary>
[Collection(SecuredCollection.Name)]
public sealed class LoginTests(SecuredKafka kafka, Servers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Plain")]
    [InlineData("ScramSha256")]
    [InlineData("ScramSha512")]
    [InlineData("OAuthBearer")]
    [InlineData("certificate")]
    public async Task A_service_does_all_its_work_with_the_rights_that_it_declares(string login)
    {
        SecuredKafka.Require();
        await using var issuer = await TokenIssuer.StartAsync();
        await kafka.SetPasswordAsync("scram", SecuredKafka.Password);
        var (connection, principal) = login switch
        {
            "Plain" => (kafka.Connection("plain", login), "User:plain"),
            "OAuthBearer" => (kafka.Connection(issuer, "notes"), "User:notes"),
            "certificate" => (kafka.CertificateConnection("holder"), "User:CN=holder"),
            _ => (kafka.Connection("scram", login), "User:scram"),
        };
        var secured = await SecuredService.CreateAsync(kafka, servers, connection);
        await secured.GrantAsync(kafka, principal);

        await using var service = await secured.StartAsync();
        await HandlesAsync(service, 1);

        foreach (var check in new[] { "kafka", "topics", "outbox", "lag", "consumer" })
        {
            await SecuredService.IsHealthyAsync(service, check);
        }

        Assert.DoesNotContain(secured.Log.Lines, line => line.Contains("doesn't allow", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_password_is_told_loses_nothing_and_is_corrected_without_a_restart()
    {
        SecuredKafka.Require();
        await kafka.SetPasswordAsync("forgetful", SecuredKafka.Password);
        var secured = await SecuredService.CreateAsync(kafka, servers, kafka.Connection("forgetful", "ScramSha512", "wr0ng-s3cret"));
        await secured.GrantAsync(kafka, "User:forgetful");
        await using var service = await secured.StartAsync();
        await service.AnnounceAsync(Token, new Noted("a", 1));

        var told = await SecuredService.IsDegradedAsync(service, "kafka", "Kafka refuses the credentials of 'forgetful'");
        Assert.Equal(1, await service.OutboxDepthAsync());
        Assert.InRange(secured.Log.Lines.Count, 1, 200);
        Assert.DoesNotContain("wr0ng", told, StringComparison.Ordinal);
        Assert.Contains(secured.Log.Lines, line => line.Contains("refuses the credentials of 'forgetful'", StringComparison.Ordinal));
        Assert.DoesNotContain(secured.Log.Lines, line => line.Contains("wr0ng", StringComparison.Ordinal));

        service.Configure("ConnectionStrings:kafka", kafka.Connection("forgetful", "ScramSha512"));

        await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == 1, TimeSpan.FromSeconds(60));
        await SecuredService.IsHealthyAsync(service, "kafka");
    }

    [Fact]
    public async Task A_password_that_changes_at_the_broker_is_followed_without_a_restart()
    {
        SecuredKafka.Require();
        await kafka.SetPasswordAsync("changing", SecuredKafka.Password);
        var secured = await SecuredService.CreateAsync(kafka, servers, kafka.Connection("changing", "ScramSha512"));
        await secured.GrantAsync(kafka, "User:changing");
        await using var service = await secured.StartAsync();
        await HandlesAsync(service, 1);

        await kafka.SetPasswordAsync("changing", "an0ther-s3cret");
        await SecuredService.IsDegradedAsync(service, "kafka", "refuses the credentials");
        await service.AnnounceAsync(Token, new Noted("late", 2));
        service.Configure("ConnectionStrings:kafka", kafka.Connection("changing", "ScramSha512", "an0ther-s3cret"));

        await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == 2, TimeSpan.FromSeconds(60));
        await SecuredService.IsHealthyAsync(service, "kafka");
        Assert.Contains(
            secured.Log.Lines, line => line.Contains("Kafka's credentials have changed in the configuration", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_that_is_not_renewed_ends_with_its_time_and_the_service_goes_on_with_the_next()
    {
        SecuredKafka.Require();
        await using var issuer = await TokenIssuer.StartAsync();
        issuer.Lifetime = TimeSpan.FromSeconds(6);
        var secured = await SecuredService.CreateAsync(kafka, servers, kafka.Connection(issuer, "short"));
        await secured.GrantAsync(kafka, "User:short");
        await using var service = await secured.StartAsync();
        await HandlesAsync(service, 1);

        issuer.KnowsClients = false;
        await SecuredService.IsDegradedAsync(service, "kafka", "Kafka refuses the credentials of 'short'");
        await service.AnnounceAsync(Token, new Noted("late", 2));
        issuer.KnowsClients = true;

        await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == 2, TimeSpan.FromSeconds(90));
        await SecuredService.IsHealthyAsync(service, "kafka");
    }

    [Theory]
    [InlineData("another authority", "certificate verify failed")]
    [InlineData("another name", "certificate verify failed")]
    public async Task A_broker_that_is_not_who_it_should_be_gets_nothing(string what, string why)
    {
        SecuredKafka.Require();
        await kafka.SetPasswordAsync("careful", SecuredKafka.Password);
        using var another = new TestAuthority();
        var secured = await SecuredService.CreateAsync(kafka, servers, what == "another name"
            ? kafka.Connection("careful", "ScramSha512", host: "localhost")
            : kafka.Connection("careful", "ScramSha512", authority: kafka.Write("another.pem", another.Pem)));
        await secured.GrantAsync(kafka, "User:careful");
        await using (var service = await secured.StartAsync())
        {
            await service.AnnounceAsync(Token, new Noted("a", 1));
            var told = await SecuredService.IsDegradedAsync(service, "kafka", "The encrypted connection to Kafka fails");
            Assert.Contains(why, told, StringComparison.Ordinal);
            Assert.Equal(1, await service.OutboxDepthAsync());
        }

        await using var corrected = await secured.With(kafka.Connection("careful", "ScramSha512")).StartAsync();
        await Eventually.TrueAsync(async () => (await corrected.EffectsAsync()).Count == 1);
    }

    private static async Task HandlesAsync(NoteService service, int number)
    {
        await service.AnnounceAsync(Token, new Noted($"key{number}", number));
        await Eventually.TrueAsync(
            async () => (await service.EffectsAsync()).Exists(effect => effect.Number == number), TimeSpan.FromSeconds(60));
    }
}
