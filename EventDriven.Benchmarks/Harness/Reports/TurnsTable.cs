using System.Globalization;
using Spectre.Console;

namespace EventDriven.Benchmarks.Harness.Reports;

/// <summary>Shows what contestants measured.</summary>
internal static class TurnsTable
{
    public static void Print(Turns turns)
    {
        var table = new Table { Title = new TableTitle(turns.Benchmark) };
        foreach (var column in new[] { "contestant", "events/s (median)", "min–max", "ratio to twin", "p50 ms", "p99 ms",
            "CPU s/1 000", "peak RSS MiB" })
        {
            table.AddColumn(column);
        }

        foreach (var (name, list) in turns.Measurements)
        {
            table.AddRow(
                name,
                Show(turns.Median(name, m => m.PerSecond), "N0"),
                $"{Show(list.Min(m => m.PerSecond), "N0")}–{Show(list.Max(m => m.PerSecond), "N0")}",
                Show(turns.Median(name, m => m.PerSecond) / turns.Twin(m => m.PerSecond), "N2"),
                Show(turns.Median(name, m => m.P50Ms), "N1"),
                Show(turns.Median(name, m => m.P99Ms), "N1"),
                Show(turns.Median(name, m => m.CpuSeconds / m.Events * 1_000), "N3"),
                Show(turns.Median(name, m => m.PeakRssMb), "N0"));
        }

        AnsiConsole.Write(table);
    }

    private static string Show(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "–";
}
