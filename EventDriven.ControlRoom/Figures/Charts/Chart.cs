namespace EventDriven.ControlRoom.Figures.Charts;

/// <summary>A chart over time.</summary>
/// <param name="Id">Name of its place in the page.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Unit">What its numbers are.</param>
/// <param name="Series">Its lines, all with the same times.</param>
public sealed record Chart(string Id, string Title, ChartUnit Unit, IReadOnlyList<ChartSeries> Series)
{
    /// <summary>What a reader should know of the numbers; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>What is said when there is nothing to draw.</summary>
    public string Nothing { get; init; } = "Nothing is known yet.";

    /// <summary>Whether there is anything to draw.</summary>
    public bool IsEmpty => Series.All(series => series.Latest is null);
}
