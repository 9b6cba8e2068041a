namespace EventDriven.ControlRoom.Journeys.Chart;

/// <summary>The line of a service.</summary>
/// <param name="Name">The service.</param>
/// <param name="Y">Its middle.</param>
public sealed record DrawnLane(string Name, double Y);
