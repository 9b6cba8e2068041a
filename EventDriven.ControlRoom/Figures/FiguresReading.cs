using EventDriven.ControlRoom.Figures.Charts;
using EventDriven.ControlRoom.Figures.Handling;
using EventDriven.ControlRoom.Flow;

namespace EventDriven.ControlRoom.Figures;

/// <summary>Makes charts of samples.</summary>
internal static class FiguresReading
{
    private const int Slots = 90;
    private const double P95 = 0.95;
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(5);

    // Samples come each 5 s, and some come late: each slot has one.
    private static readonly TimeSpan ShortestSlot = TimeSpan.FromSeconds(10);

    /// <param name="flow">The counts of topics and groups, oldest first.</param>
    /// <param name="handling">How long handling took, oldest first.</param>
    /// <param name="now">The time at the right, UTC.</param>
    public static IReadOnlyList<Chart> Of(
        IReadOnlyList<FlowSample> flow, IReadOnlyCollection<HandlingSample> handling, DateTimeOffset now)
    {
        var oldest = flow.Select(sample => sample.At).Concat(handling.Select(sample => sample.At)).DefaultIfEmpty(now).Min();
        var span = now - oldest < Shortest ? Shortest : now - oldest;
        var slot = TimeSpan.FromTicks(Math.Max(ShortestSlot.Ticks, span.Ticks / Slots));
        var times = Times(now - span, now, slot);
        var topics = Names(flow.SelectMany(sample => sample.Ends.Keys));
        var groups = Names(flow.SelectMany(sample => sample.Lags.Keys));
        var handled = handling.ToLookup(sample => IndexOf(sample.At, times, slot));
        var samples = flow.ToLookup(sample => IndexOf(sample.At, times, slot));
        return
        [
            SystemCharts.Published(Rates(
                topics, Anchors.Topic, flow, times, slot, (sample, topic) => sample.Ends.TryGetValue(topic, out var end) ? end : null)),
            SystemCharts.Handled(Rates(groups, Anchors.Group, flow, times, slot, Position)),
            SystemCharts.Lag(Series(
                groups, times, (group, i) => samples[i].LastOrDefault(sample => sample.Lags.ContainsKey(group))?.Lags[group])),
            SystemCharts.Oldest(Series(groups, times, (group, i) => samples[i].Select(sample => Seconds(sample, group)).Max())),
            SystemCharts.Handling(Series(groups, times, (group, i) => Percentile(handled[i], group, counts => counts.Durations))),
            SystemCharts.Age(Series(groups, times, (group, i) => Percentile(handled[i], group, counts => counts.Ages))),
        ];
    }

    private static List<string> Names(IEnumerable<string> names) =>
        [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static List<DateTimeOffset> Times(DateTimeOffset from, DateTimeOffset to, TimeSpan slot)
    {
        var times = new List<DateTimeOffset>();
        for (var at = to; at >= from; at -= slot)
        {
            times.Insert(0, at);
        }

        return times;
    }

    // A slot ends at its time.
    private static int IndexOf(DateTimeOffset at, List<DateTimeOffset> times, TimeSpan slot) =>
        times.Count - 1 - (int)Math.Floor((times[^1] - at) / slot);

    private static long? Position(FlowSample sample, string group)
    {
        var positions = sample.Positions.Where(position => position.Key.Group == group).Select(position => position.Value).ToList();
        return positions.Count > 0 ? positions.Sum() : null;
    }

    private static double? Seconds(FlowSample sample, string group) => sample.Seconds.TryGetValue(group, out var seconds) ? seconds : null;

    private static double? Percentile(
        IEnumerable<HandlingSample> samples, string group, Func<HandlingCounts, IReadOnlyList<long>> counts)
    {
        var found = samples.Select(sample => sample.Groups.GetValueOrDefault(group)).OfType<HandlingCounts>().ToList();
        return found.Count > 0 ? HandlingCounts.Percentile(counts(found.Aggregate((one, other) => one.Plus(other))), P95) : null;
    }

    private static IReadOnlyList<ChartSeries> Series(List<string> groups, List<DateTimeOffset> times, Func<string, int, double?> value) =>
    [
        .. groups.Select(group => new ChartSeries(
            group, $"/#{Anchors.Group(group)}", [.. times.Select((at, i) => new ChartPoint(at, value(group, i)))])),
    ];

    // The rate of a slot is what came from the end of the slot before to its own.
    private static IReadOnlyList<ChartSeries> Rates(
        List<string> names,
        Func<string, string> anchor,
        IReadOnlyList<FlowSample> samples,
        List<DateTimeOffset> times,
        TimeSpan slot,
        Func<FlowSample, string, long?> count)
    {
        var slots = samples.ToLookup(sample => IndexOf(sample.At, times, slot));
        return
        [
            .. names.Select(name =>
            {
                (DateTimeOffset At, long Count)? before = null;
                var points = new List<ChartPoint>();
                for (var i = 0; i < times.Count; i++)
                {
                    var last = slots[i].LastOrDefault(sample => count(sample, name) is not null);
                    var now = last is null ? null : ((DateTimeOffset At, long Count)?)(last.At, count(last, name)!.Value);
                    points.Add(new ChartPoint(times[i], now is { } end && before is { } begin && end.At > begin.At
                        ? Math.Max(0, (end.Count - begin.Count) / (end.At - begin.At).TotalSeconds)
                        : null));
                    before = now ?? before;
                }

                return new ChartSeries(name, $"/#{anchor(name)}", points);
            }),
        ];
    }
}
