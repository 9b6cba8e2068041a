using System.Diagnostics;
using System.Globalization;
using EventDriven.Benchmarks.Harness.Contestants;
using Spectre.Console;

namespace EventDriven.Benchmarks.Harness;

/// <summary>Measures the services' processes, without the servers.</summary>
internal sealed class ServiceMeters
{
    private readonly List<(string Service, Meter Meter)> _meters;

    /// <summary>Begins to measure.</summary>
    public ServiceMeters(RunningApplication application) =>
        _meters = [.. application.Services.Select(service => (service, new Meter(ProcessAt(application.Url(service)))))];

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
                service, $"{measured.CpuSeconds / orders * 1_000:N2}", $"{measured.CpuSeconds / measured.Seconds * 100:N2}",
                $"{measured.PeakRssMb:N0}");
        }

        AnsiConsole.Write(table);
    }

    // The AppHost, which started it, doesn't tell. Its address is in its environment, and another run's service has another address.
    private static Process ProcessAt(Uri url)
    {
        var id = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Single(number => number > 0 && Read($"/proc/{number}/environ").Any(variable => IsAddress(variable, url.Port)));
        return Process.GetProcessById(id);
    }

    private static bool IsAddress(string variable, int port) =>
        variable.StartsWith("ASPNETCORE_URLS=", StringComparison.Ordinal) && variable.EndsWith($":{port}", StringComparison.Ordinal);

    private static string[] Read(string file)
    {
        try
        {
            return File.ReadAllText(file).Split('\0');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another user's, or it has just ended.
            return [];
        }
    }
}
