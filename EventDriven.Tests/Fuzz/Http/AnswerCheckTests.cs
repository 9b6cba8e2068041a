using Xunit.Sdk;

namespace EventDriven.Tests.Fuzz.Http;

/// <summary>The check of answers finds what it is there for.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class AnswerCheckTests
{
    private const string Good = """{"status":422,"code":"invalid-values","detail":"Wrong.","correlationId":"c1"}""";

    [Theory]
    [InlineData(200, "", "anything")]
    [InlineData(422, "application/problem+json", Good)]
    public void What_is_right_passes(int status, string contentType, string body) => Check(Answer(status, contentType, body));

    [Theory]
    [InlineData(500, "application/problem+json", """{"status":500,"code":"internal-error","correlationId":"c1"}""")]
    [InlineData(503, "application/problem+json", """{"status":503,"code":"server-away","correlationId":"c1"}""")]
    [InlineData(404, "text/plain", "Not here.")]
    [InlineData(422, "application/problem+json", """{"status":400,"code":"invalid-values","correlationId":"c1"}""")]
    [InlineData(422, "application/problem+json", """{"status":422,"correlationId":"c1"}""")]
    [InlineData(422, "application/problem+json", """{"status":422,"code":"x","correlationId":"another"}""")]
    [InlineData(422, "application/problem+json", """{"status":422,"code":"x","correlationId":"c1","detail":"at X   at Y.Z()"}""")]
    [InlineData(422, "application/problem+json", """{"status":422,"code":"x","correlationId":"c1","detail":"a FormatException"}""")]
    [InlineData(200, "application/json", "a secret")]
    [InlineData(0, "", "")]
    public void What_is_wrong_does_not(int status, string contentType, string body) =>
        Assert.ThrowsAny<XunitException>(() => Check(Answer(status, contentType, body)));

    [Theory]
    [InlineData(503, "database-busy", true)]
    [InlineData(503, "server-away", false)]
    [InlineData(409, "database-busy", false)]
    public void A_busy_database_says_when_to_repeat(int status, string code, bool isBusy)
    {
        var answer = Answer(status, "application/problem+json", $$"""{"status":{{status}},"code":"{{code}}","correlationId":"c1"}""");

        Assert.Equal(isBusy ? TimeSpan.FromSeconds(2) : null, AnswerCheck.RetryAfter(answer));
    }

    private static void Check(RawAnswer answer) =>
        AnswerCheck.Check(answer, isComplete: true, hasBody: true, mayBeAway: false, ["a secret"]);

    private static RawAnswer Answer(int status, string contentType, string body) => new(
        status,
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["content-type"] = contentType,
            ["x-content-type-options"] = "nosniff",
            ["x-correlation-id"] = "c1",
            ["retry-after"] = "2",
        },
        body);
}
