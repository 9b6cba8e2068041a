using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EventDriven.Tests.ControlRoom.Figures.Store;

/// <summary>Something that answers at <c>/tenant/api/v1/query_range</c>, as a test wants.</summary>
internal sealed class StubStore : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StubStore(WebApplication app) => _app = app;

    public Uri Url => new($"{_app.Urls.Single()}/tenant");

    /// <summary>What it answers: two values of one series, unless told.</summary>
    public Func<HttpRequest, Task<IResult>> Answer { get; set; } = request => Task.FromResult(Series(request, "inventory"));

    /// <summary>The queries that came, with the parameters and the header of each.</summary>
    public ConcurrentQueue<(IReadOnlyDictionary<string, string> Query, string Authorization)> Queries { get; } = new();

    public static async Task<StubStore> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var store = new StubStore(app);
        app.MapGet("/tenant/api/v1/query_range", (HttpRequest request) =>
        {
            store.Queries.Enqueue((
                request.Query.ToDictionary(part => part.Key, part => $"{part.Value}", StringComparer.Ordinal),
                $"{request.Headers.Authorization}"));
            return store.Answer(request);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return store;
    }

    /// <summary>A series of a group, or of a topic, with values at the beginning and at the end.</summary>
    public static IResult Series(HttpRequest request, string name) => Results.Json(new
    {
        status = "success",
        data = new
        {
            resultType = "matrix",
            result = new object[]
            {
                new
                {
                    metric = new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["messaging_consumer_group_name"] = name,
                        ["messaging_destination_name"] = name,
                    },
                    values = new object[]
                    {
                        new object[] { double.Parse($"{request.Query["start"]}", CultureInfo.InvariantCulture), "3" },
                        new object[] { double.Parse($"{request.Query["end"]}", CultureInfo.InvariantCulture), "4" },
                    },
                },
            },
        },
    });

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
