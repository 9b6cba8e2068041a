using System.Globalization;
using EventDriven.Chaos.Tables;

namespace EventDriven.Chaos.Recoveries;

/// <summary>Recoveries by kind of fault, in Markdown.</summary>
internal static class RecoveryTable
{
    /// <param name="recoveries">What was measured.</param>
    /// <param name="bound">How long was waited for each.</param>
    public static string Of(IEnumerable<FaultRecovery> recoveries, TimeSpan bound) => TextTable.Markdown(
        ["kind", "first event: median", "worst", "backlog: median", "worst", "p99: median", "worst", "n"],
        recoveries.GroupBy(recovery => recovery.Kind, StringComparer.Ordinal).OrderBy(kind => kind.Key, StringComparer.Ordinal)
            .Select(kind => (string[])
            [
                $"`{kind.Key}`", .. Figures(kind.Select(recovery => recovery.First), bound),
                .. Figures(kind.Select(recovery => (TimeSpan?)recovery.Lag), bound),
                .. Figures(kind.Select(recovery => recovery.Latency), bound), kind.Count().ToString(CultureInfo.InvariantCulture),
            ]));

    // Of an even number, the median is the greater one of the two in the middle: nothing looks better than it was.
    private static IEnumerable<string> Figures(IEnumerable<TimeSpan?> times, TimeSpan bound)
    {
        var sorted = times.Select(time => time ?? TimeSpan.MaxValue).Order().ToList();
        return [Text(sorted[sorted.Count / 2], bound), Text(sorted[^1], bound)];
    }

    private static string Text(TimeSpan time, TimeSpan bound) => time == TimeSpan.MaxValue
        ? string.Create(CultureInfo.InvariantCulture, $"> {bound.TotalSeconds:0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");
}
