namespace EventDriven.Benchmarks.Harness.Contestants;

/// <summary>What one run of a contestant took.</summary>
internal sealed record Measurement
{
    /// <summary>Events, or requests, that were done.</summary>
    public required int Events { get; init; }

    /// <summary>Wall-clock time.</summary>
    public required double Seconds { get; init; }

    /// <summary>Median of single latencies, in milliseconds; null where none are measured.</summary>
    public double? P50Ms { get; init; }

    /// <summary>99th percentile of single latencies, in milliseconds; null where none are measured.</summary>
    public double? P99Ms { get; init; }

    /// <summary>Largest of single latencies, in milliseconds; null where none are measured.</summary>
    public double? MaxMs { get; init; }

    /// <summary>Processor time of the contestant's process, without the servers'.</summary>
    public required double CpuSeconds { get; init; }

    /// <summary>Largest resident set of the contestant's process, in MiB.</summary>
    public required double PeakRssMb { get; init; }

    public double PerSecond => Events / Seconds;
}
