using EventDriven.Cli.Audit.Trail;

namespace EventDriven.Tests.Cli;

/// <summary>An audit trail that forgets, for tests of what commands do beside it.</summary>
internal sealed class MemoryTrail : IAuditTrail
{
    /// <summary>What was recorded, oldest first.</summary>
    public List<AuditRecord> Records { get; } = [];

    public Task AppendAsync(AuditRecord record, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Records.Add(record);
        return Task.CompletedTask;
    }
}
