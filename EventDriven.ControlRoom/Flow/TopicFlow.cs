namespace EventDriven.ControlRoom.Flow;

/// <summary>A topic.</summary>
/// <param name="Name">Its name.</param>
/// <param name="PerSecond">New events/s; null when it is unknown.</param>
/// <param name="Partitions">Number of its partitions; null when it is unknown.</param>
/// <param name="Events">Events that it has had, those included that the log has deleted; null when it is unknown.</param>
public sealed record TopicFlow(string Name, double? PerSecond, int? Partitions, long? Events);
