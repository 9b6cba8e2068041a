namespace EventDriven.ControlRoom.Journeys.Chart;

/// <summary>A time in which nothing happens, folded.</summary>
/// <param name="X">Where it begins; it is <see cref="TimeAxis.FoldWidth"/> wide.</param>
/// <param name="Duration">How long it lasted.</param>
public sealed record AxisFold(double X, TimeSpan Duration);
