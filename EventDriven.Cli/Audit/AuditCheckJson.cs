namespace EventDriven.Cli.Audit;

/// <summary>What is wrong in the audit trail.</summary>
/// <param name="Entries">Entries that are right, up to the first that is wrong.</param>
/// <param name="Head">Hash of the last of them.</param>
/// <param name="FindsDeletedEnd">Whether entries that were deleted from the end would be found.</param>
/// <param name="Faults">The first faults.</param>
/// <param name="MoreFaults">Number of further faults.</param>
internal sealed record AuditCheckJson(
    long Entries,
    string Head,
    bool FindsDeletedEnd,
    IReadOnlyList<AuditFaultJson> Faults,
    long MoreFaults);
