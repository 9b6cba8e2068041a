using EventDriven.Messaging.Operations.Audit;

namespace EventDriven.Tests.Cli;

/// <summary>An audit trail that forgets, for tests of what commands do beside it.</summary>
internal sealed class MemoryTrail : IAuditTrail
{
    /// <summary>What was recorded, oldest first.</summary>
    public List<AuditRecord> Records { get; } = [];

    /// <summary>What happens before an entry is added, such as a failure.</summary>
    public Func<AuditRecord, CancellationToken, Task> Before { get; init; } = (_, _) => Task.CompletedTask;

    public async Task<AuditEntry> AppendAsync(AuditRecord record, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await Before(record, cancellationToken);
        Records.Add(record);
        return new AuditEntry(Records.Count, DateTimeOffset.UnixEpoch, Address: null, record, AuditHash.Start, AuditHash.Start);
    }
}
