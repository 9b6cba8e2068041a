using EventDriven.Benchmarks.Harness.Contestants;

namespace EventDriven.Benchmarks.Checkout;

/// <summary>
/// The product's Checkout as it is shipped, its relay included. This process makes the load; Checkout's is what is measured.
/// </summary>
internal sealed class CheckoutOurs : IContestant
{
    // The relay works behind the requests; what it can't keep up with would be work that the measurement doesn't show.
    private static readonly TimeSpan RelayBound = TimeSpan.FromSeconds(2);

    private readonly OrderLoad _load;
    private readonly CheckoutService _checkout;
    private readonly StoredOrders _stored;

    private CheckoutOurs(CheckoutService checkout)
    {
        _load = new OrderLoad(checkout.NewToken());
        _checkout = checkout;
        _stored = new StoredOrders(checkout.Database, "orders, jsonb_array_elements(lines)");
    }

    public static async Task<IContestant> CreateAsync(Servers servers) =>
        new CheckoutOurs(await CheckoutService.StartAsync(servers, "checkout_ours", CancellationToken.None));

    public async Task<Measurement> RunAsync(int events, CancellationToken cancellationToken)
    {
        var measured = await _load.RunAsync(_checkout.Url, _checkout.Process, events, cancellationToken);
        await _stored.VerifyAsync(events, cancellationToken);
        await DrainedAsync(cancellationToken);
        return measured;
    }

    public async ValueTask DisposeAsync()
    {
        _load.Dispose();
        await _checkout.DisposeAsync();
    }

    private async Task DrainedAsync(CancellationToken cancellationToken)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(RelayBound);
        while (await _stored.CountAsync("messaging.outbox", bound.Token) > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), bound.Token);
        }
    }
}
