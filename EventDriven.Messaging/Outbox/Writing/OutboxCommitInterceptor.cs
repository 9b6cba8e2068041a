using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace EventDriven.Messaging.Outbox.Writing;

/// <summary>Wakes the relay after the commit of a transaction that stored events.</summary>
internal sealed class OutboxCommitInterceptor(OutboxSignal signal) : DbTransactionInterceptor
{
    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) =>
        signal.CommittedBy(eventData.Context);

    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        signal.CommittedBy(eventData.Context);
        return Task.CompletedTask;
    }
}
