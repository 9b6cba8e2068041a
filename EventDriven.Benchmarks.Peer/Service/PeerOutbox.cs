using Npgsql;
using Wolverine;
using Wolverine.RDBMS;
using Wolverine.Runtime;

namespace EventDriven.Benchmarks.Peer.Service;

/// <summary>Publishes through the peer's durable outbox, in a transaction of the caller's.</summary>
internal static class PeerOutbox
{
    /// <summary>
    /// Stores the messages in the transaction. They are sent by
    /// <see cref="MessageContext.FlushOutgoingMessagesAsync"/> of what this returns.
    /// </summary>
    public static async Task<MessageContext> StoreAsync(
        IWolverineRuntime runtime, NpgsqlTransaction transaction, IEnumerable<PeerSale> sales)
    {
        var context = new MessageContext(runtime);
        await context.EnlistInOutboxAsync(new DatabaseEnvelopeTransaction((IMessageDatabase)runtime.Storage, transaction));
        foreach (var sale in sales)
        {
            await context.PublishAsync(sale, new DeliveryOptions { PartitionKey = sale.SaleId.ToString() });
        }

        return context;
    }
}
