namespace EventDriven.Cli.Audit;

/// <summary>Something that is wrong in the audit trail.</summary>
/// <param name="Entry">Number of the entry.</param>
/// <param name="Why">What is wrong with it.</param>
internal sealed record AuditFaultJson(long Entry, string Why);
