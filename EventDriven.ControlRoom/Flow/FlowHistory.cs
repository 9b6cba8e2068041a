namespace EventDriven.ControlRoom.Flow;

/// <summary>
/// The last hour in memory: every sample of the last minute, for rates and trends, and one each 5 s before. Not for concurrent use.
/// </summary>
internal sealed class FlowHistory
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Coarse = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RateWindow = TimeSpan.FromSeconds(10);

    private readonly Queue<FlowSample> _recent = new();
    private readonly Queue<FlowSample> _hour = new();
    private FlowSample? _lastCoarse;

    /// <summary>The samples of the last hour, one each 5 s, oldest first.</summary>
    public IReadOnlyCollection<FlowSample> Samples => _hour;

    public void Add(FlowSample sample)
    {
        _recent.Enqueue(sample);
        if (_lastCoarse is null || sample.At - _lastCoarse.At >= Coarse)
        {
            _lastCoarse = sample;
            _hour.Enqueue(sample);
        }

        Drop(_recent, sample.At - Recent);
        Drop(_hour, sample.At - Hour);
    }

    /// <summary>Events/s over the last 10 s; null when too little was seen.</summary>
    /// <param name="count">What is counted; null where a sample doesn't have it.</param>
    public double? Rate(Func<FlowSample, long?> count)
    {
        if (_recent.Count == 0)
        {
            return null;
        }

        var last = _recent.Last();
        var first = _recent.FirstOrDefault(sample => sample.At >= last.At - RateWindow && count(sample) is not null);
        return first is not null && first.At < last.At && count(last) is { } end && count(first) is { } begin
            ? Math.Max(0, (end - begin) / (last.At - first.At).TotalSeconds)
            : null;
    }

    /// <summary>Where the lag of a group goes.</summary>
    public LagTrend Trend(string group) => LagTrend.Of(
        [.. _recent.Where(sample => sample.Lags.ContainsKey(group)).Select(sample => (sample.At, sample.Lags[group]))]);

    /// <summary>The lag of a group over the last minutes, in events, oldest first.</summary>
    public IReadOnlyList<double> Past(string group, int most) =>
        [.. _hour.Where(sample => sample.Lags.ContainsKey(group)).TakeLast(most).Select(sample => (double)sample.Lags[group])];

    private static void Drop(Queue<FlowSample> samples, DateTimeOffset before)
    {
        while (samples.TryPeek(out var oldest) && oldest.At < before)
        {
            samples.Dequeue();
        }
    }
}
