using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EventDriven.Tests.Checkout.Host;

/// <summary>Inventory's HTTP side, answering as a test wants it to.</summary>
internal sealed class FakeInventory : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeInventory(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    /// <summary>The answer to <c>POST /reservations</c>.</summary>
    public Func<HttpContext, Task<IResult>> Answer { get; set; } = _ => Task.FromResult(Held);

    /// <summary>What was asked for.</summary>
    public ConcurrentQueue<JsonElement> Requests { get; } = new();

    public static IResult Held => Results.Json(new { state = "Held" });

    public static IResult Refused(params string[] skus) =>
        Results.Problem(statusCode: 409, extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["skus"] = skus });

    public static async Task<FakeInventory> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var inventory = new FakeInventory(app);
        app.MapPost("/reservations", async (JsonElement request, HttpContext http) =>
        {
            inventory.Requests.Enqueue(request);
            return await inventory.Answer(http);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return inventory;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
