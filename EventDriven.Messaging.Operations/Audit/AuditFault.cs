namespace EventDriven.Messaging.Operations.Audit;

/// <summary>Something that is wrong in the audit trail.</summary>
/// <param name="Sequence">Number of the entry.</param>
/// <param name="Description">What is wrong with it.</param>
public sealed record AuditFault(long Sequence, string Description);
