using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Benchmarks.Service;

namespace EventDriven.Benchmarks.Checkout;

/// <summary>The same load on <see cref="TwinApi"/>, in a process of its own like Checkout.</summary>
internal sealed class CheckoutTwin : IContestant
{
    private readonly OrderLoad _load = new();
    private readonly ServiceProcess _api;
    private readonly StoredOrders _stored;

    private CheckoutTwin(ServiceProcess api, StoredOrders stored)
    {
        _api = api;
        _stored = stored;
    }

    public static async Task<IContestant> CreateAsync(Servers servers)
    {
        var database = await servers.CreateDatabaseAsync("checkout_twin", CancellationToken.None);
        await TwinApi.CreateTablesAsync(database);

        // The server's collector is what the web SDK gives a service; this program's own setting is another.
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ConnectionStrings__checkoutdb"] = database,
            ["DOTNET_gcServer"] = "1",
        };
        var api = await ServiceProcess.StartAsync("EventDriven.Benchmarks", [TwinApi.Command], environment, CancellationToken.None);
        return new CheckoutTwin(api, new StoredOrders(database, "order_lines"));
    }

    public async Task<Measurement> RunAsync(int events, CancellationToken cancellationToken)
    {
        var measured = await _load.RunAsync(_api.Url, _api.Process, events, cancellationToken);
        await _stored.VerifyAsync(events, cancellationToken);
        return measured;
    }

    public async ValueTask DisposeAsync()
    {
        _load.Dispose();
        await _api.DisposeAsync();
    }
}
