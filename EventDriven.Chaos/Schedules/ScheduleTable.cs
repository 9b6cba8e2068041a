using System.Globalization;
using EventDriven.Chaos.Histories;
using EventDriven.Chaos.Tables;

namespace EventDriven.Chaos.Schedules;

/// <summary>A schedule as text.</summary>
internal static class ScheduleTable
{
    public static string Of(IEnumerable<PlannedFault> faults) => TextTable.Of(
        ["#", "at", "kind", "target", "lasts", "parameters"],
        faults.Select(fault => (string[])
        [
            $"{fault.Number}", Seconds(fault.At), fault.Kind, fault.Target, Seconds(fault.Duration), Parameters(fault.Parameters),
        ]));

    public static string Of(IEnumerable<FaultReport> reports) => TextTable.Of(
        ["#", "kind", "target", "noticed", "lasted", "what was noticed"],
        reports.Select(report => (string[])
        [
            $"{report.Fault.Number}", report.Fault.Kind, report.Fault.Target,
            report.IsSkipped ? "skipped" : report.TookEffect ? "yes" : "NO", Seconds(report.Ended - report.Began), report.Note,
        ]));

    public static string Of(IEnumerable<FaultKind> kinds) =>
        TextTable.Of(["kind", "what it does"], kinds.Select(kind => (string[])[kind.Name, kind.What]));

    private static string Parameters(IReadOnlyDictionary<string, string> parameters) =>
        string.Join(' ', parameters.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}"));

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0 s", CultureInfo.InvariantCulture);
}
