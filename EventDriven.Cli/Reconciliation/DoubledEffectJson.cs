namespace EventDriven.Cli.Reconciliation;

/// <summary>An effect that happened more than once.</summary>
/// <param name="EventId">CloudEvents id; null when it is unknown.</param>
/// <param name="Key">Key; null when it is unknown.</param>
/// <param name="Detail">What happened.</param>
internal sealed record DoubledEffectJson(string? EventId, string? Key, string Detail);
