using System.Globalization;

namespace EventDriven.ControlRoom.Figures.Charts;

/// <summary>Where the values and times of a chart are drawn, and what its axes say.</summary>
internal sealed class ChartScale
{
    /// <summary>Width of the picture, in its own units.</summary>
    public const double Width = 560;

    /// <summary>Its height.</summary>
    public const double Height = 210;

    /// <summary>Left edge of the lines; the numbers of the axis stand before it.</summary>
    public const double Left = 66;

    /// <summary>Right edge of the lines.</summary>
    public const double Right = Width - 10;

    /// <summary>Upper edge.</summary>
    public const double Top = 12;

    /// <summary>Lower edge; the times stand below it.</summary>
    public const double Bottom = Height - 26;

    private const int Steps = 4;
    private const int MostTimes = 6;
    private const double SecondsOfDay = 86_400;

    // Round numbers of an axis: 1, 2, 2.5 and 5, times a power of ten.
    private static readonly double[] Round = [1, 2, 2.5, 5, 10];
    private static readonly int[] Minutes = [1, 2, 5, 10, 15, 30, 60, 120, 240, 720, 1_440, 2_880];

    private readonly DateTimeOffset _from;
    private readonly double _seconds;

    private ChartScale(DateTimeOffset from, DateTimeOffset to, double top)
    {
        (_from, _seconds, Most) = (from, Math.Max(1, (to - from).TotalSeconds), top);
        Ticks = [.. Enumerable.Range(0, Steps + 1).Select(step => top * step / Steps)];
        Times = [.. TimesOf(from, to)];
    }

    /// <summary>The value at the upper edge, a round number.</summary>
    public double Most { get; }

    /// <summary>The numbers of the axis, from 0.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>The times of the axis: whole minutes.</summary>
    public IReadOnlyList<DateTimeOffset> Times { get; }

    /// <summary>Whether more than a day is shown, so that a time needs its date.</summary>
    public bool HasDays => _seconds > SecondsOfDay;

    /// <summary>The scale that has room for every value.</summary>
    /// <param name="chart">The chart.</param>
    public static ChartScale Of(Chart chart)
    {
        var points = chart.Series.SelectMany(series => series.Points).ToList();
        var most = points.Max(point => point.Value) ?? 0;
        return points.Count == 0
            ? new ChartScale(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, Least(chart.Unit))
            : new ChartScale(points.Min(point => point.At), points.Max(point => point.At), TopOf(Math.Max(most, Least(chart.Unit))));
    }

    /// <summary>Where a time is.</summary>
    public double X(DateTimeOffset at) => Left + ((Right - Left) * Math.Clamp((at - _from).TotalSeconds / _seconds, 0, 1));

    /// <summary>Where a value is.</summary>
    public double Y(double value) => Bottom - ((Bottom - Top) * Math.Clamp(value / Most, 0, 1));

    /// <summary>A line through the values, as an SVG path; it is broken where a value is missing.</summary>
    public string Path(ChartSeries series)
    {
        var path = new System.Text.StringBuilder();
        var isOpen = false;
        foreach (var point in series.Points)
        {
            if (point.Value is { } value)
            {
                // A value alone is a dot.
                path.Append(
                    CultureInfo.InvariantCulture,
                    $"{(isOpen ? 'L' : 'M')}{X(point.At):0.#} {Y(value):0.#}{(isOpen ? "" : "h0")}");
            }

            isOpen = point.Value is not null;
        }

        return path.ToString();
    }

    // So that a few events do not look like a mountain.
    private static double Least(ChartUnit unit) => unit switch
    {
        ChartUnit.Seconds => 0.01,
        ChartUnit.Events => 4,
        _ => 1,
    };

    private static double TopOf(double most)
    {
        var step = most / Steps;
        var power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return Round.First(round => round * power >= step * (1 - 1e-9)) * power * Steps;
    }

    private static IEnumerable<DateTimeOffset> TimesOf(DateTimeOffset from, DateTimeOffset to)
    {
        var minutes = Minutes.FirstOrDefault(each => (to - from).TotalMinutes / each <= MostTimes, Minutes[^1]);
        var each = TimeSpan.FromMinutes(minutes).Ticks;
        for (var at = ((from.UtcTicks + each - 1) / each) * each; at <= to.UtcTicks; at += each)
        {
            yield return new DateTimeOffset(at, TimeSpan.Zero);
        }
    }
}
