namespace EventDriven.Messaging.Operations.Reconciliation;

/// <summary>How a service's tables tell that events of a type have had their effect.</summary>
/// <param name="Group">Consumer group that handles them.</param>
/// <param name="Topic">Topic on which they stand.</param>
/// <param name="EventType">Their type.</param>
/// <param name="Query">
/// One row for each key whose event has had its effect: the key as the log has it (text), and when the fact happened by the clock of its producer
/// (timestamptz; null where the tables don't tell). Every event that the group has handled leaves its key here, and nothing else does.
/// </param>
public sealed record ReadModelKey(string Group, string Topic, string EventType, string Query);
