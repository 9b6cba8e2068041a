namespace EventDriven.ControlRoom.Journeys.Chart;

/// <summary>A mark of the time.</summary>
/// <param name="X">Where it is.</param>
/// <param name="Since">The time since the beginning.</param>
public sealed record AxisTick(double X, TimeSpan Since);
