namespace EventDriven.ControlRoom.Figures.Charts;

/// <summary>A value of a series.</summary>
/// <param name="At">Its time, UTC.</param>
/// <param name="Value">The value; null where nothing is known, which breaks the line.</param>
public sealed record ChartPoint(DateTimeOffset At, double? Value);
