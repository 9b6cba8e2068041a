using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace EventDriven.Messaging.Outbox;

/// <summary>Sees every commit of the service's database and wakes the relay; one that announced nothing costs the relay one empty read.</summary>
internal sealed class OutboxCommitInterceptor(OutboxSignal signal) : DbTransactionInterceptor
{
    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => signal.Set();

    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        signal.Set();
        return Task.CompletedTask;
    }
}
