namespace EventDriven.ControlRoom.Flow;

/// <summary>Where a lag goes.</summary>
/// <param name="PerSecond">By how many events it grows a second; negative when it shrinks; null when that is unknown.</param>
/// <param name="CatchUp">How long until it is 0 if it goes on like this; null when it doesn't shrink.</param>
public sealed record LagTrend(double? PerSecond, TimeSpan? CatchUp)
{
    // Slower than this, an operator sees no change.
    private const double Steady = 0.05;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>Too little was seen.</summary>
    public static LagTrend Unknown { get; } = new(null, null);

    public bool IsRising => PerSecond > Steady;

    public bool IsFalling => PerSecond < -Steady;

    /// <summary>The trend of a series: the slope of the line that fits it best (least squares).</summary>
    /// <param name="series">Times and events behind, oldest first.</param>
    public static LagTrend Of(IReadOnlyList<(DateTimeOffset At, long Events)> series)
    {
        if (series.Count < 2 || series[^1].At <= series[0].At)
        {
            return Unknown;
        }

        var times = series.Select(point => (point.At - series[0].At).TotalSeconds).ToArray();
        var (meanTime, meanEvents) = (times.Average(), series.Average(point => point.Events));
        var variance = times.Sum(time => (time - meanTime) * (time - meanTime));
        var slope = times.Select((time, i) => (time - meanTime) * (series[i].Events - meanEvents)).Sum() / variance;
        return new LagTrend(slope, CatchUpOf(series[^1].Events, slope));
    }

    private static TimeSpan? CatchUpOf(long events, double slope) =>
        events > 0 && slope < -Steady && events / -slope < Longest.TotalSeconds ? TimeSpan.FromSeconds(events / -slope) : null;
}
