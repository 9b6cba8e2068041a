namespace EventDriven.Messaging.Operations.Reconciliation;

/// <summary>How a service's tables show which events of a type have had their effect.</summary>
/// <param name="Group">Consumer group that handles them.</param>
/// <param name="Topic">Their topic.</param>
/// <param name="EventType">Their type.</param>
/// <param name="Query">
/// One row for each key whose event has had its effect: the key as on the log (text), and when the fact happened by its
/// producer's clock (timestamptz; null when the tables do not have it). Every event that the group has handled must
/// leave its key here, and nothing else may.
/// </param>
public sealed record ReadModelKey(string Group, string Topic, string EventType, string Query);
