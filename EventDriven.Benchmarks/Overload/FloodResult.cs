namespace EventDriven.Benchmarks.Overload;

/// <summary>What became of a flood's orders, in the order in which they were due.</summary>
/// <param name="PerSecond">How many were due a second.</param>
/// <param name="Seconds">Until the last answer.</param>
/// <param name="Keys">Idempotency key of each, and its customer.</param>
/// <param name="Statuses">Status of each answer; 0 for none.</param>
/// <param name="Milliseconds">From when it was due until its answer.</param>
/// <param name="Late">From when it was due until it was sent, in milliseconds: how far the generator fell behind.</param>
internal sealed record FloodResult(int PerSecond, double Seconds, Guid[] Keys, short[] Statuses, float[] Milliseconds, float[] Late)
{
    private const int Created = 201;
    private const int TooMany = 429;
    private const int Unavailable = 503;

    public int Accepted => Count(Created);

    public int TooManyRequests => Count(TooMany);

    public int Overloaded => Count(Unavailable);

    /// <summary>Answers that there must not be, 500 among them, and requests without an answer.</summary>
    public int Others => Statuses.Length - Accepted - TooManyRequests - Overloaded;

    public IEnumerable<Guid> AcceptedKeys => Keys.Where((_, order) => Statuses[order] == Created);

    /// <summary>A percentile of the latencies of what was accepted, in milliseconds.</summary>
    public double AcceptedMs(double rank) => Percentile(Milliseconds.Where((_, order) => Statuses[order] == Created), rank);

    /// <summary>The same of what was refused.</summary>
    public double RefusedMs(double rank) => Percentile(Milliseconds.Where((_, order) => Statuses[order] is TooMany or Unavailable), rank);

    /// <summary>A percentile of the generator's delays, in milliseconds.</summary>
    public double LateMs(double rank) => Percentile(Late, rank);

    /// <summary>The seconds, one after another, as results of their own.</summary>
    public IEnumerable<FloodResult> BySecond() => Enumerable.Range(0, Statuses.Length / PerSecond).Select(second =>
    {
        var range = (second * PerSecond)..((second + 1) * PerSecond);
        return new FloodResult(PerSecond, 1, Keys[range], Statuses[range], Milliseconds[range], Late[range]);
    });

    private static double Percentile(IEnumerable<float> values, double rank)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? 0 : sorted[Math.Max(0, (int)Math.Ceiling(rank * sorted.Length) - 1)];
    }

    private int Count(short status) => Statuses.Count(s => s == status);
}
