using System.Diagnostics;
using System.Globalization;

namespace EventDriven.Benchmarks.Harness.Contestants;

/// <summary>Measures wall-clock time, processor time and peak memory of a process from its creation on.</summary>
internal sealed class Meter
{
    private readonly Process _process;
    private readonly TimeSpan _processor;
    private readonly long _started;

    /// <summary>Begins to measure this process, or another one.</summary>
    public Meter(Process? process = null)
    {
        _process = process ?? Process.GetCurrentProcess();
        ForgetPeak();
        _process.Refresh();
        _processor = _process.TotalProcessorTime;
        _started = Stopwatch.GetTimestamp();
    }

    /// <summary>Ends the measurement.</summary>
    /// <param name="events">How many were done.</param>
    /// <param name="latencies">Of single events, in milliseconds; sorted here.</param>
    public Measurement Stop(int events, double[]? latencies = null)
    {
        var seconds = Stopwatch.GetElapsedTime(_started).TotalSeconds;
        _process.Refresh();
        if (latencies is not null)
        {
            Array.Sort(latencies);
        }

        return new Measurement
        {
            Events = events,
            Seconds = seconds,
            P50Ms = Percentile(latencies, 0.50),
            P99Ms = Percentile(latencies, 0.99),
            MaxMs = Percentile(latencies, 1),
            CpuSeconds = (_process.TotalProcessorTime - _processor).TotalSeconds,
            PeakRssMb = PeakMb(),
        };
    }

    private static double? Percentile(double[]? sorted, double rank) =>
        sorted is { Length: > 0 } ? sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(rank * sorted.Length) - 1)] : null;

    // proc(5): 5 resets the peak resident set size.
    private void ForgetPeak()
    {
        try
        {
            File.WriteAllText($"/proc/{_process.Id}/clear_refs", "5");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Where there is no procfs the peak is that of the process's whole life.
        }
    }

    private double PeakMb()
    {
        try
        {
            var line = File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException)
        {
            return _process.PeakWorkingSet64 / (1024.0 * 1024);
        }
    }
}
