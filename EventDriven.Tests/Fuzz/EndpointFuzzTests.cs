using System.Diagnostics;
using System.Net;
using EventDriven.Tests.Checkout.Host;
using EventDriven.Tests.Fuzz.Http;
using EventDriven.Tests.Http;
using Microsoft.Extensions.Logging;

namespace EventDriven.Tests.Fuzz;

/// <summary>
/// Every endpoint of every service, on PostgreSQL and Redis: whatever it is sent, it answers in time, never with a 5xx (but for a
/// database that is busy for now), tells nothing of its inside, and goes on.
/// </summary>
public sealed class EndpointFuzzTests(Servers servers)
{
    private const int Cases = 2_000;
    private const int Parallel = 10;

    // Kafka is away in these tests, and these two say so: one waits for it first, up to the bound of every request.
    private const string Lag = "GET /lag";
    private const string Health = "GET /health";

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(45);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Services => [.. AllServices.Names];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task A_service_answers_whatever_it_is_sent(string service)
    {
        await using var app = await AllServices.StartAsync(service, servers, settings: QuietLog);
        var order = service == "checkout" ? await app.Client.PlaceAsync() : Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var requests = new EndpointRequests(app, service, order);
        var server = app.Client.BaseAddress!;

        await FuzzRun.RunAsync(
            Cases,
            async (fuzz, token) =>
            {
                var request = requests.Of(fuzz);
                fuzz.Says(request.Bytes);
                while (await SendAsync(request, token) is { } retryAfter)
                {
                    await Task.Delay(retryAfter, TimeProvider.System, token);
                }
            },
            Parallel,
            LongestWait);

        Assert.Empty(app.Log.Entries.Where(entry => entry.Level >= LogLevel.Error).Select(entry => entry.Line).Take(5));
        using var alive = await app.Client.GetAsync("/alive", Token);
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);

        // On a machine that stalls, requests wait too long for one another's rows and are told when to come again. Within the bound of a
        // case they are answered for good.
        async Task<TimeSpan?> SendAsync(FuzzedRequest request, CancellationToken token)
        {
            var started = Stopwatch.GetTimestamp();
            var answer = await RawHttp.SendAsync(server, request.Bytes, request.IsComplete, request.HasAnswersBody, token);
            var retryAfter = AnswerCheck.RetryAfter(answer);
            AnswerCheck.Check(
                answer,
                request.IsComplete,
                request.HasAnswersBody,
                mayBeAway: retryAfter is not null || request.Endpoint is Lag or Health,
                requests.Secrets);
            var took = Stopwatch.GetElapsedTime(started);
            Assert.True(took < FuzzRun.MaxDuration || request.Endpoint == Lag, $"It took {took}.");
            return retryAfter;
        }
    }

    private static Dictionary<string, string> QuietLog => new(StringComparer.Ordinal)
    {
        ["Logging:LogLevel:Default"] = "Warning",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
    };
}
