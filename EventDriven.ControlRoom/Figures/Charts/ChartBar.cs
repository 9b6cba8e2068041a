namespace EventDriven.ControlRoom.Figures.Charts;

/// <summary>A bar of a chart.</summary>
/// <param name="Name">What it is of.</param>
/// <param name="Link">What its number is made of.</param>
/// <param name="Value">How long it is.</param>
/// <param name="Text">Its number with a unit.</param>
public sealed record ChartBar(string Name, string Link, double Value, string Text)
{
    /// <summary>What else is to be said of it; null for nothing.</summary>
    public string? Detail { get; init; }
}
