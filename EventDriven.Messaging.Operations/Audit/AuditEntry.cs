namespace EventDriven.Messaging.Operations.Audit;

/// <summary>An entry of the audit trail.</summary>
/// <param name="Sequence">Its number: 1, 2, 3 and so on, without gaps.</param>
/// <param name="Time">When it was written, by the database's clock, in microseconds.</param>
/// <param name="Address">Network address of the command as the database sees it; null when there is none.</param>
/// <param name="Record">What the command tells.</param>
/// <param name="PreviousHash">Hash of the entry before; <see cref="AuditHash.Start"/> for the first one.</param>
/// <param name="Hash"><see cref="AuditHash.Of"/>.</param>
public sealed record AuditEntry(
    long Sequence,
    DateTimeOffset Time,
    string? Address,
    AuditRecord Record,
    ReadOnlyMemory<byte> PreviousHash,
    ReadOnlyMemory<byte> Hash);
