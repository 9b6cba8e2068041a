namespace EventDriven.Cli.Reconciliation;

/// <summary>A key of a read model.</summary>
/// <param name="Type">CloudEvents type of the event that makes the row.</param>
/// <param name="Key">Key.</param>
internal sealed record EventKeyJson(string Type, string Key);
