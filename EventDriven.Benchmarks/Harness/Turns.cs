using EventDriven.Benchmarks.Harness.Contestants;

namespace EventDriven.Benchmarks.Harness;

/// <summary>The measurements of a benchmark's contestants.</summary>
internal sealed class Turns(string benchmark)
{
    private readonly Dictionary<string, List<Measurement>> _measurements = new(StringComparer.Ordinal);

    public string Benchmark => benchmark;

    public IReadOnlyDictionary<string, List<Measurement>> Measurements => _measurements;

    public void Add(string contestant, Measurement measurement)
    {
        if (!_measurements.TryGetValue(contestant, out var list))
        {
            _measurements.Add(contestant, list = []);
        }

        list.Add(measurement);
    }

    /// <summary>Median of a value over a contestant's turns; null when it didn't take part or doesn't have the value.</summary>
    public double? Median(string contestant, Func<Measurement, double?> value) =>
        _measurements.TryGetValue(contestant, out var list) ? Median(list.Select(value).OfType<double>()) : null;

    public double Ours(Func<Measurement, double?> value) => Median(ContestantSpec.OursName, value)!.Value;

    public double? Twin(Func<Measurement, double?> value) => Median(ContestantSpec.TwinName, value);

    public double? Peer(Func<Measurement, double?> value) => Median(ContestantSpec.PeerName, value);

    private static double? Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
