using EventDriven.Benchmarks.Peer.Service;

namespace EventDriven.Benchmarks.Peer.EndToEnd;

/// <summary>The second service's handler: one row.</summary>
public sealed class ReserveStock(SalesStore store)
{
    public Task HandleAsync(PeerSale sale, CancellationToken cancellationToken) => store.InsertAsync([sale], cancellationToken);
}
