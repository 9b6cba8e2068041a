using System.Globalization;
using System.Text.Json;
using EventDriven.ServiceDefaults.Http;

namespace EventDriven.Tests.Fuzz.Http;

/// <summary>What every answer to every request must be.</summary>
internal static class AnswerCheck
{
    // What Kestrel refuses itself, and can't write a document for (docs/http.md).
    private static readonly int[] KestrelsOwn = [400, 405, 408, 411, 413, 414, 417, 431, 501, 505];

    private static readonly string[] Leaks =
        ["   at ", "Exception", "System.", "Npgsql", "Microsoft.", "StackExchange", "Host=", "Password", "SELECT ", "whsec_"];

    /// <summary>Throws for an answer that no request may be given.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="isComplete">Whether the request was whole, so that there must be one.</param>
    /// <param name="hasBody">Whether an answer has a body.</param>
    /// <param name="mayBeAway">Whether what the request needs is away in the test, so that 503 is right.</param>
    /// <param name="secrets">What no answer may repeat.</param>
    public static void Check(RawAnswer answer, bool isComplete, bool hasBody, bool mayBeAway, IReadOnlyList<string> secrets)
    {
        if (answer.Status == 0)
        {
            Assert.False(isComplete, "The connection was closed without an answer.");
            return;
        }

        var told = $"{answer.Status} {string.Join(", ", answer.Headers)} {answer.Body}";
        Assert.True(answer.Status < 500 || (answer.Status == 503 && mayBeAway) || IsKestrelsOwn(answer), told);
        Assert.All(secrets, secret => Assert.False(told.Contains(secret, StringComparison.Ordinal), $"A secret was told: {told}"));
        if (answer.Status < 400 || !hasBody || IsKestrelsOwn(answer))
        {
            return;
        }

        Assert.All(Leaks, leak => Assert.False(answer.Body.Contains(leak, StringComparison.Ordinal), $"'{leak}' was told: {told}"));
        Assert.True(answer.Header("content-type").StartsWith("application/problem+json", StringComparison.Ordinal), told);
        using var problem = JsonDocument.Parse(answer.Body);
        Assert.True(
            problem.RootElement.TryGetProperty("status", out var status) && status.GetInt32() == answer.Status
                && problem.RootElement.TryGetProperty("code", out var code) && code.GetString() is { Length: > 0 }
                && problem.RootElement.TryGetProperty("correlationId", out var id) && id.GetString() == answer.Header("x-correlation-id"),
            told);
        Assert.True(answer.Status != 503 || answer.Header("retry-after").Length > 0, told);
    }

    /// <summary>
    /// When to repeat a request whose database has too much to do for now, as the answer says itself; null for every other answer.
    /// </summary>
    public static TimeSpan? RetryAfter(RawAnswer answer) =>
        answer.Status == 503 && answer.Body.Contains($"\"{ProblemCodes.DatabaseBusy}\"", StringComparison.Ordinal)
            ? TimeSpan.FromSeconds(int.Parse(answer.Header("retry-after"), CultureInfo.InvariantCulture))
            : null;

    // Whatever the service itself answers has this header.
    private static bool IsKestrelsOwn(RawAnswer answer) =>
        answer.Header("x-content-type-options").Length == 0 && answer.Body.Length == 0 && KestrelsOwn.Contains(answer.Status);
}
