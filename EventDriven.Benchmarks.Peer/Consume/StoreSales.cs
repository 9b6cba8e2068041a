using EventDriven.Benchmarks.Peer.Service;

namespace EventDriven.Benchmarks.Peer.Consume;

/// <summary>The peer's handler of a batch: all its effects in one statement.</summary>
public sealed class StoreSales(SalesStore store)
{
    public Task HandleAsync(PeerSale[] sales, CancellationToken cancellationToken) => store.InsertAsync(sales, cancellationToken);
}
