namespace EventDriven.ControlRoom.Flow;

/// <summary>What a group reads of a topic.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="PerSecond">Events/s that it handles; null when it is unknown.</param>
/// <param name="Events">Events that it has not handled; null when they are unknown.</param>
public sealed record GroupRead(string Topic, double? PerSecond, long? Events);
