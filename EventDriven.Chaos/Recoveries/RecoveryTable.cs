using System.Globalization;
using EventDriven.Chaos.Tables;

namespace EventDriven.Chaos.Recoveries;

/// <summary>Recoveries by kind of fault, in Markdown.</summary>
internal static class RecoveryTable
{
    private const string Unknown = "–";

    /// <param name="recoveries">What was measured.</param>
    /// <param name="bound">How long was waited for orders to be answered as before.</param>
    public static string Of(IEnumerable<FaultRecovery> recoveries, TimeSpan bound)
    {
        var tooLong = string.Create(CultureInfo.InvariantCulture, $"> {bound.TotalSeconds:0} s");
        return TextTable.Markdown(
            ["kind", "first event: median", "worst", "backlog: median", "worst", "p99: median", "worst", "n"],
            recoveries.GroupBy(recovery => recovery.Kind, StringComparer.Ordinal).OrderBy(kind => kind.Key, StringComparer.Ordinal)
                .Select(kind => (string[])
                [
                    $"`{kind.Key}`",
                    .. Figures(kind.Select(recovery => recovery.First).Where(time => time is not null), Unknown),
                    .. Figures(kind.Select(recovery => recovery.Lag).Where(time => time is not null), Unknown),
                    .. Figures(kind.Select(recovery => recovery.Latency), tooLong),
                    kind.Count().ToString(CultureInfo.InvariantCulture),
                ]));
    }

    // Of an even number, the median is the greater one of the two in the middle: nothing looks better than it was.
    private static IEnumerable<string> Figures(IEnumerable<TimeSpan?> times, string missing)
    {
        var sorted = times.OrderBy(time => time ?? TimeSpan.MaxValue).ToList();
        return sorted.Count == 0 ? [missing, missing] : [Text(sorted[sorted.Count / 2], missing), Text(sorted[^1], missing)];
    }

    private static string Text(TimeSpan? time, string missing) =>
        time is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known.TotalSeconds:0.0} s") : missing;
}
