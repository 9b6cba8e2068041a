using System.Globalization;
using System.Text;
using EventDriven.Chaos.Histories;

namespace EventDriven.Chaos.Schedules;

/// <summary>A schedule as text.</summary>
internal static class ScheduleTable
{
    public static string Of(IEnumerable<PlannedFault> faults) => Of(
        ["#", "at", "kind", "target", "lasts", "parameters"],
        faults.Select(fault => (string[])
        [
            $"{fault.Number}", Seconds(fault.At), fault.Kind, fault.Target, Seconds(fault.Duration), Parameters(fault.Parameters),
        ]));

    public static string Of(IEnumerable<FaultReport> reports) => Of(
        ["#", "kind", "target", "noticed", "lasted", "what was noticed"],
        reports.Select(report => (string[])
        [
            $"{report.Fault.Number}", report.Fault.Kind, report.Fault.Target,
            report.IsSkipped ? "skipped" : report.TookEffect ? "yes" : "NO", Seconds(report.Ended - report.Began), report.Note,
        ]));

    public static string Of(IEnumerable<FaultKind> kinds) =>
        Of(["kind", "what it does"], kinds.Select(kind => (string[])[kind.Name, kind.What]));

    private static string Parameters(IReadOnlyDictionary<string, string> parameters) =>
        string.Join(' ', parameters.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}"));

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0 s", CultureInfo.InvariantCulture);

    private static string Of(string[] titles, IEnumerable<string[]> rows)
    {
        var lines = rows.Prepend(titles).ToList();
        var widths = titles.Select((_, column) => lines.Max(line => line[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            text.AppendLine(string.Join("  ", line.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }

        return text.ToString();
    }
}
