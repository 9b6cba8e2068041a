namespace EventDriven.ControlRoom.Journeys.Chart;

/// <summary>Places moments on a line. A time in which nothing happens, and that is longer than all the rest, is folded.</summary>
public sealed class TimeAxis
{
    /// <summary>Width of a fold.</summary>
    public const double FoldWidth = 52;

    // Shorter ones are never folded.
    private static readonly TimeSpan LeastFold = TimeSpan.FromMilliseconds(250);

    // A stretch that is a single moment has some room, too.
    private static readonly TimeSpan LeastStretch = TimeSpan.FromMilliseconds(1);

    private const double BetweenTicks = 90;
    private static readonly double[] Steps = [1, 2, 5];

    private readonly List<Stretch> _stretches;

    private TimeAxis(List<Stretch> stretches, IReadOnlyList<AxisFold> folds) => (_stretches, Folds) = (stretches, folds);

    /// <summary>Times in which nothing happens, and that take less room than they lasted.</summary>
    public IReadOnlyList<AxisFold> Folds { get; }

    /// <summary>Makes the axis of some spans.</summary>
    /// <param name="spans">When something happens, from and to; at least one.</param>
    /// <param name="left">Where it begins.</param>
    /// <param name="right">Where it ends.</param>
    /// <exception cref="ArgumentException">There are no spans.</exception>
    public static TimeAxis Of(IEnumerable<(DateTimeOffset From, DateTimeOffset To)> spans, double left, double right)
    {
        var active = Merge(spans);
        if (active.Count == 0)
        {
            throw new ArgumentException("There is nothing to place.", nameof(spans));
        }

        var longest = LongestShown(active);
        var shown = new List<(DateTimeOffset From, DateTimeOffset To)> { active[0] };
        foreach (var span in active.Skip(1))
        {
            if (span.From - shown[^1].To > longest)
            {
                shown.Add(span);
            }
            else
            {
                shown[^1] = (shown[^1].From, span.To);
            }
        }

        return Place(shown, left, right);
    }

    /// <summary>Where a moment is. One within a fold is in its middle, and one outside of everything at the nearest end.</summary>
    public double X(DateTimeOffset at)
    {
        for (var i = 0; i < _stretches.Count; i++)
        {
            var stretch = _stretches[i];
            if (at <= stretch.To)
            {
                return at >= stretch.From ? stretch.X(at) : i == 0 ? stretch.Left : stretch.Left - (FoldWidth / 2);
            }
        }

        return _stretches[^1].Right;
    }

    /// <summary>Marks in round steps, each with the time since the beginning, far enough from each other to be read.</summary>
    public IReadOnlyList<AxisTick> Ticks()
    {
        var begin = _stretches[0].From;
        var ticks = new List<AxisTick>();
        foreach (var stretch in _stretches)
        {
            var step = StepOf(stretch);
            var first = Math.Ceiling((stretch.From - begin).TotalMilliseconds / step) * step;
            for (var since = first; since <= (stretch.To - begin).TotalMilliseconds; since += step)
            {
                var x = stretch.X(begin + TimeSpan.FromMilliseconds(since));
                if (ticks.Count == 0 || x - ticks[^1].X >= BetweenTicks * 0.6)
                {
                    ticks.Add(new AxisTick(x, TimeSpan.FromMilliseconds(since)));
                }
            }
        }

        return ticks;
    }

    private static List<(DateTimeOffset From, DateTimeOffset To)> Merge(IEnumerable<(DateTimeOffset From, DateTimeOffset To)> spans)
    {
        var merged = new List<(DateTimeOffset From, DateTimeOffset To)>();
        foreach (var span in spans.Select(span => span.To < span.From ? (From: span.To, To: span.From) : span).OrderBy(span => span.From))
        {
            if (merged.Count > 0 && span.From <= merged[^1].To)
            {
                merged[^1] = (merged[^1].From, span.To > merged[^1].To ? span.To : merged[^1].To);
            }
            else
            {
                merged.Add(span);
            }
        }

        return merged;
    }

    // From the shortest on, a gap is shown as long as it is no longer than what is shown already.
    private static TimeSpan LongestShown(List<(DateTimeOffset From, DateTimeOffset To)> active)
    {
        var shown = active.Aggregate(TimeSpan.Zero, (sum, span) => sum + (span.To - span.From));
        var longest = LeastFold;
        foreach (var gap in active.Zip(active.Skip(1), (one, next) => next.From - one.To).Order())
        {
            if (gap > LeastFold && gap > shown)
            {
                break;
            }

            shown += gap;
            longest = gap > longest ? gap : longest;
        }

        return longest;
    }

    private static TimeAxis Place(List<(DateTimeOffset From, DateTimeOffset To)> shown, double left, double right)
    {
        var room = right - left - ((shown.Count - 1) * FoldWidth);
        var total = shown.Sum(span => Length(span).TotalMilliseconds);
        var (stretches, folds) = (new List<Stretch>(), new List<AxisFold>());
        var x = left;
        foreach (var span in shown)
        {
            if (stretches.Count > 0)
            {
                folds.Add(new AxisFold(x, span.From - stretches[^1].To));
                x += FoldWidth;
            }

            var width = room * Length(span).TotalMilliseconds / total;
            stretches.Add(new Stretch(span.From, span.To, x, x + width));
            x += width;
        }

        return new TimeAxis(stretches, folds);
    }

    private static TimeSpan Length((DateTimeOffset From, DateTimeOffset To) span) =>
        span.To - span.From > LeastStretch ? span.To - span.From : LeastStretch;

    private static double StepOf(Stretch stretch)
    {
        var least = Math.Max(1, BetweenTicks * Length((stretch.From, stretch.To)).TotalMilliseconds / (stretch.Right - stretch.Left));
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return Steps.Select(step => step * power).FirstOrDefault(step => step >= least, 10 * power);
    }

    private sealed record Stretch(DateTimeOffset From, DateTimeOffset To, double Left, double Right)
    {
        public double X(DateTimeOffset at) => To == From
            ? Left
            : Left + ((Right - Left) * ((at - From) / (To - From)));
    }
}
