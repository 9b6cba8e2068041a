namespace EventDriven.Chaos.Samples;

/// <summary>
/// What still grows late in a long run: the median of its last quarter is greater than that of the second one, by more than a share and by
/// more than chance makes. In the first quarter, caches fill and pools open. Tables that keep facts are compared by order.
/// </summary>
internal static class Growth
{
    private const double Share = 0.2;

    /// <summary>A shorter run tells nothing.</summary>
    public static readonly TimeSpan ShortestRun = TimeSpan.FromMinutes(30);

    /// <summary>The names of the series that grow.</summary>
    /// <param name="samples">All samples of a run.</param>
    /// <param name="length">How long the run lasted.</param>
    public static IReadOnlyList<string> Of(IEnumerable<Sample> samples, TimeSpan length) => length < ShortestRun
        ? []
        : [.. samples.GroupBy(sample => (sample.Kind, sample.Of)).Where(series => Grows(series.Key.Kind, [.. series], length))
            .Select(series => Name(series.Key.Kind, series.Key.Of)).Order(StringComparer.Ordinal)];

    /// <summary>The name of a series.</summary>
    public static string Name(SampleKind kind, string of) => kind switch
    {
        SampleKind.Memory => $"{of} memory",
        SampleKind.Handles => $"{of} handles",
        SampleKind.Threads => $"{of} threads",
        SampleKind.Connections => $"{of} connections",
        SampleKind.Rows or SampleKind.RecordRows => $"{of} rows",
        SampleKind.Size or SampleKind.RecordSize => $"{of} size",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown."),
    };

    private static bool Grows(SampleKind kind, IReadOnlyList<Sample> series, TimeSpan length)
    {
        if (Median(series, length / 4, length / 2) is not { } early || Median(series, length * 3 / 4, TimeSpan.MaxValue) is not { } late)
        {
            return false;
        }

        // What the orders since then explain; with as many rows an order as before.
        var expected = kind is SampleKind.RecordRows or SampleKind.RecordSize && early.Orders > 0
            ? early.Value * Math.Max(1, late.Orders / early.Orders)
            : early.Value;
        return late.Value > expected * (1 + Share) && late.Value - expected > Chance(kind);
    }

    private static (double Value, double Orders)? Median(IEnumerable<Sample> series, TimeSpan from, TimeSpan until)
    {
        var quarter = series.Where(sample => sample.At >= from && sample.At < until).ToList();
        return quarter.Count == 0
            ? null
            : (Middle(quarter.Select(sample => sample.Value)), Middle(quarter.Select(sample => (double)sample.Orders)));
    }

    private static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    // A garbage collection more or less, a reconnection that is under way, a page.
    private static double Chance(SampleKind kind) => kind switch
    {
        SampleKind.Memory => 40,
        SampleKind.Handles => 50,
        SampleKind.Threads => 20,
        SampleKind.Connections => 10,
        SampleKind.Rows or SampleKind.RecordRows => 200,
        _ => 4,
    };
}
