using System.Diagnostics;
using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.LocalHost;
using Spectre.Console;

namespace EventDriven.Benchmarks.Idle;

/// <summary>Measures the services' processes, without the servers.</summary>
internal sealed class ServiceMeters
{
    private readonly List<(string Service, Meter Meter)> _meters;

    /// <summary>Begins to measure.</summary>
    public ServiceMeters(LocalApplication application) =>
        _meters = [.. application.Resources.Where(r => r is { Url: not null, ProcessId: not null }).Select(r => (r.Name, new Meter(Process.GetProcessById(r.ProcessId!.Value))))];

    /// <summary>What each took so far.</summary>
    /// <param name="events">How many orders or seconds that was for.</param>
    public List<(string Service, Measurement Measured)> Read(int events) => _meters.ConvertAll(m => (m.Service, m.Meter.Stop(events)));

    /// <summary>Shows what each took for so many orders.</summary>
    public void Print(string title, int orders)
    {
        var table = new Table { Title = new TableTitle($"{title}: services") };
        table.AddColumns("service", "CPU s/1 000 orders", "% of a core", "peak RSS MiB");
        foreach (var (service, measured) in Read(orders))
        {
            table.AddRow(
                service, $"{measured.CpuSeconds / orders * 1_000:N2}", $"{measured.CpuSeconds / measured.Seconds * 100:N2}", $"{measured.PeakRssMb:N0}");
        }

        AnsiConsole.Write(table);
    }
}
