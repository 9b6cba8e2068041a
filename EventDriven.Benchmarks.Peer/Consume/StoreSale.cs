using EventDriven.Benchmarks.Peer.Service;
using Wolverine;
using Wolverine.RDBMS;
using Wolverine.Runtime;

namespace EventDriven.Benchmarks.Peer.Consume;

/// <summary>
/// The peer's handler of one message: effect and inbox row in one transaction, as its transactional middleware for EF Core does it.
/// </summary>
public sealed class StoreSale(SalesStore store, IWolverineRuntime runtime)
{
    /// <summary>Compiles the handler and does nothing.</summary>
    internal static readonly PeerSale Nothing = PeerSale.Create(Guid.Empty, DateTimeOffset.UnixEpoch);

    public async Task HandleAsync(PeerSale sale, Envelope envelope, CancellationToken cancellationToken)
    {
        if (sale.SaleId == Guid.Empty)
        {
            return;
        }

        await using var connection = await store.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await SalesStore.InsertAsync([sale], connection, cancellationToken);
        var keepUntil = TimeProvider.System.GetUtcNow() + runtime.Options.Durability.KeepAfterMessageHandling;
        await ((IMessageDatabase)runtime.Storage).MarkIncomingEnvelopeAsHandledInTransactionAsync(
            connection, transaction, envelope, keepUntil, cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        // Else the peer would mark it once more.
        envelope.Status = EnvelopeStatus.Handled;
        store.Committed([sale]);
    }
}
