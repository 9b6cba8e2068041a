using System.Globalization;
using EventDriven.ControlRoom.Figures.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EventDriven.Tests.ControlRoom.Figures.Store;

/// <summary>What a metrics store is asked, how often, and what becomes of answers that are none.</summary>
public sealed class StoredFiguresTests : IAsyncLifetime
{
    private const int Charts = 6;
    private static readonly FiguresRange Day = FiguresRange.Of("24h");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero));
    private readonly ApplicationLifetime _host = new(NullLogger<ApplicationLifetime>.Instance);
    private StubStore _store = null!;
    private PrometheusClient? _client;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _store = await StubStore.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task A_query_is_bounded_and_has_the_token_and_the_matchers()
    {
        var reading = await Figures(_store.Url, token: "secret", matchers: "env=\"live\"").ReadAsync(Day, Token);

        Assert.Null(reading.Problem);
        Assert.Equal(Charts, _store.Queries.Count);
        Assert.All(_store.Queries, asked =>
        {
            Assert.Equal("Bearer secret", asked.Authorization);
            Assert.Contains("env=\"live\"", asked.Query["query"], StringComparison.Ordinal);
            var (start, end, step) = (Number(asked.Query["start"]), Number(asked.Query["end"]), Number(asked.Query["step"]));
            Assert.Equal((_time.GetUtcNow().ToUnixTimeSeconds(), 86_400), (end, end - start));
            Assert.InRange((end - start) / step, 100, FiguresRange.MostPoints);
        });
        var lag = reading.Charts!.Single(chart => chart.Id == "lag").Series.Single();
        Assert.Equal(("inventory", "/#group-inventory"), (lag.Name, lag.Link));
        Assert.Equal((289, 3, null, 4), (lag.Points.Count, lag.Points[0].Value, lag.Points[1].Value, lag.Points[^1].Value));
    }

    [Fact]
    public async Task All_browsers_share_an_answer_for_a_minute()
    {
        var figures = Figures(_store.Url);

        var readings = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => figures.ReadAsync(Day, Token)));
        _time.Advance(TimeSpan.FromSeconds(59));
        await figures.ReadAsync(Day, Token);

        Assert.All(readings, reading => Assert.Same(readings[0], reading));
        Assert.Equal(Charts, _store.Queries.Count);
        _time.Advance(TimeSpan.FromSeconds(1));
        await figures.ReadAsync(Day, Token);
        Assert.Equal(2 * Charts, _store.Queries.Count);
    }

    [Fact]
    public async Task After_a_failure_it_is_asked_again_in_15_seconds()
    {
        var figures = Figures(_store.Url);
        var well = _store.Answer;
        _store.Answer = _ => Task.FromResult(Results.StatusCode(503));

        Assert.NotNull((await figures.ReadAsync(Day, Token)).Problem);
        _store.Answer = well;
        _time.Advance(TimeSpan.FromSeconds(14));
        Assert.NotNull((await figures.ReadAsync(Day, Token)).Problem);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null((await figures.ReadAsync(Day, Token)).Problem);
    }

    [Fact]
    public async Task Lines_are_as_many_as_can_be_told_apart()
    {
        _store.Answer = request => Task.FromResult(Results.Json(new
        {
            status = "success",
            data = new
            {
                resultType = "matrix",
                result = Enumerable.Range(0, 100).Select(i => new
                {
                    metric = new Dictionary<string, string>(StringComparer.Ordinal) { ["messaging_consumer_group_name"] = $"group-{i}" },
                    values = Array.Empty<object>(),
                }),
            },
        }));

        var reading = await Figures(_store.Url).ReadAsync(Day, Token);

        Assert.Equal(30, reading.Charts!.Single(chart => chart.Id == "lag").Series.Count);
    }

    [Theory]
    [InlineData("error", "answers 422: the query is too expensive")]
    [InlineData("unauthorized", "answers 401: set ControlRoom:PrometheusToken")]
    [InlineData("redirect", "answers 302: check ControlRoom:Prometheus")]
    [InlineData("page", "no metrics store with Prometheus's HTTP API")]
    [InlineData("large", "more than 4 MiB")]
    [InlineData("slow", "within 0.5 s")]
    public async Task An_answer_that_is_none_is_told(string answer, string says)
    {
        _store.Answer = async request =>
        {
            switch (answer)
            {
                case "error":
                    return Results.Json(new { status = "error", error = "the query is too expensive" }, statusCode: 422);
                case "unauthorized":
                    return Results.StatusCode(401);
                case "redirect":
                    return Results.Redirect("/elsewhere");
                case "large":
                    return Results.Text(new string(' ', 5 * 1024 * 1024));
                case "slow":
                    await Task.Delay(TimeSpan.FromMinutes(1), TimeProvider.System, request.HttpContext.RequestAborted)
                        .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    return Results.Empty;
                default:
                    return Results.Text("<html>Sign in</html>", "text/html");
            }
        };

        var reading = await Figures(_store.Url, timeout: answer == "slow" ? TimeSpan.FromSeconds(0.5) : null).ReadAsync(Day, Token);

        Assert.Null(reading.Charts);
        Assert.Contains(says, reading.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_is_away_is_told()
    {
        var reading = await Figures(new Uri("http://127.0.0.1:1/")).ReadAsync(Day, Token);

        Assert.Equal("The metrics store does not answer at 127.0.0.1:1.", reading.Problem);
    }

    [Fact]
    public void Without_a_store_there_is_the_hour_alone() => Assert.Empty(Figures(address: null).Ranges);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private StoredFigures Figures(Uri? address, string? token = null, string? matchers = null, TimeSpan? timeout = null)
    {
        var options = new StoreSettings(
            new PrometheusOptions { Prometheus = address, PrometheusToken = token, PrometheusMatchers = matchers });
        _client = new PrometheusClient(options, timeout);
        return new StoredFigures(new StoredCharts(_client, options), options, _host, _time, NullLogger<StoredFigures>.Instance);
    }
}
