using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;

namespace EventDriven.Tests.Checkout.Host;

/// <summary>The payment provider's HTTP side, answering as a test wants it to.</summary>
internal sealed class FakeProvider : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeProvider(WebApplication app) => _app = app;

    public string Url => $"{_app.Urls.Single()}/v1";

    /// <summary>The answer to a refund.</summary>
    public Func<Command, Task<IResult>> Answer { get; set; } = _ => Task.FromResult(Results.Ok());

    /// <summary>What was asked for.</summary>
    public ConcurrentQueue<Command> Commands { get; } = new();

    public static async Task<FakeProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var provider = new FakeProvider(app);
        app.MapPost("/v1/refunds", async ([FromHeader(Name = "Idempotency-Key")] string key, Refund refund) =>
        {
            var command = new Command(key, refund.ProviderReference, refund.Amount, refund.Currency, refund.Reason);
            provider.Commands.Enqueue(command);
            return await provider.Answer(command);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return provider;
    }

    public List<Command> Of(params string[] references) =>
        [.. Commands.Where(c => references.Contains(c.Reference, StringComparer.Ordinal))];

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    internal sealed record Command(string Key, string Reference, decimal Amount, string Currency, string Reason);

    private sealed record Refund(string ProviderReference, decimal Amount, string Currency, string Reason);
}
