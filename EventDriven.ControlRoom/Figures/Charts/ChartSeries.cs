namespace EventDriven.ControlRoom.Figures.Charts;

/// <summary>A line of a chart.</summary>
/// <param name="Name">What it is of.</param>
/// <param name="Link">What its numbers are made of.</param>
/// <param name="Points">Its values, oldest first.</param>
public sealed record ChartSeries(string Name, string Link, IReadOnlyList<ChartPoint> Points)
{
    /// <summary>The newest value that is known; null when none is.</summary>
    public double? Latest => Points.LastOrDefault(point => point.Value is not null)?.Value;
}
