namespace EventDriven.ControlRoom.Figures.Charts;

/// <summary>The charts of the system, the same for every range.</summary>
internal static class SystemCharts
{
    /// <param name="topics">Events/s, by topic.</param>
    public static Chart Published(IReadOnlyList<ChartSeries> topics) =>
        new("published", "Events published", ChartUnit.PerSecond, topics) { Note = "By topic." };

    /// <param name="groups">Events/s, by group.</param>
    public static Chart Handled(IReadOnlyList<ChartSeries> groups) => new("handled", "Events handled", ChartUnit.PerSecond, groups)
    {
        Note = "By group: how fast it moves along its topics.",
    };

    /// <param name="groups">Events, by group.</param>
    public static Chart Lag(IReadOnlyList<ChartSeries> groups) =>
        new("lag", "Lag", ChartUnit.Events, groups) { Note = "Events that each group has not handled." };

    /// <param name="groups">Seconds, by group.</param>
    public static Chart Oldest(IReadOnlyList<ChartSeries> groups) => new("oldest", "Oldest event not handled", ChartUnit.Seconds, groups)
    {
        Note = "The longest in each interval, by group.",
    };

    /// <param name="groups">Seconds, by group.</param>
    public static Chart Handling(IReadOnlyList<ChartSeries> groups) => new("handling", "Handling time, 95 %", ChartUnit.Seconds, groups)
    {
        Note = "95 % of attempts took no longer, transaction included, as the services measure them.",
    };

    /// <param name="groups">Seconds, by group.</param>
    public static Chart Age(IReadOnlyList<ChartSeries> groups) => new("age", "Age at completion, 95 %", ChartUnit.Seconds, groups)
    {
        Note = "From the fact to its committed effect: 95 % of events needed no longer.",
    };
}
