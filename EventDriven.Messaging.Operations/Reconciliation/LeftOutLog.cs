namespace EventDriven.Messaging.Operations.Reconciliation;

/// <summary>A log that a rebuild has left out. Events that stood only there are no longer in the read model.</summary>
/// <param name="Topic">Topic.</param>
/// <param name="Cluster">Id of the cluster.</param>
/// <param name="LeftOutAt">When the read model was rebuilt without it, UTC.</param>
public sealed record LeftOutLog(string Topic, string Cluster, DateTimeOffset LeftOutAt);
