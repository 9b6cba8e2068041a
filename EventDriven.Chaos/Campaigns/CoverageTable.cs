using System.Globalization;
using System.Text;
using EventDriven.Chaos.Tables;

namespace EventDriven.Chaos.Campaigns;

/// <summary>What several runs have shown together, as text.</summary>
internal static class CoverageTable
{
    public static string Of(Coverage coverage)
    {
        var pairs = KindPair.That(coverage.Kinds).ToList();
        var text = new StringBuilder();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"{coverage.Runs.Count} runs, {coverage.Runs.Count(run => run.IsSound)} of them sound: "
            + $"{coverage.Runs.Sum(run => run.Faults)} faults, {coverage.Runs.Sum(run => run.Orders)} orders, "
            + $"{coverage.Anomalies} anomalies, worst recovery {Seconds(coverage.WorstRecovery)}");
        foreach (var run in coverage.Runs.Where(run => !run.IsSound))
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"seed {run.Seed} failed: anomalies {run.Anomalies?.ToString(CultureInfo.InvariantCulture) ?? "unknown"}, "
                + $"recovery {Seconds(run.Recovery)}, exit code {run.ExitCode}");
        }

        text.Append(TextTable.Of(
            ["kind", "took effect", "in runs", "overlapped with", "never with"],
            coverage.Kinds.Select(kind => Row(coverage, kind.Name, [.. pairs.Where(pair => Has(pair, kind.Name))]))));
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"{pairs.Count - coverage.Missing.Count} of {pairs.Count} pairs of kinds that can last at the same time have done so.");
        return $"{text}";
    }

    private static string[] Row(Coverage coverage, string kind, IReadOnlyCollection<KindPair> pairs)
    {
        var never = pairs.Where(pair => coverage.RunsWith(pair) == 0)
            .Select(pair => pair.First == kind ? pair.Second : pair.First).ToList();
        return
        [
            kind, $"{coverage.Effects(kind)}", $"{coverage.RunsWith(kind)}", $"{pairs.Count - never.Count} of {pairs.Count}",
            never.Count == 0 ? "-" : never.Count == pairs.Count ? "any" : string.Join(' ', never),
        ];
    }

    private static bool Has(KindPair pair, string kind) => pair.First == kind || pair.Second == kind;

    private static string Seconds(double? seconds) => seconds switch
    {
        null => "unknown",
        double.PositiveInfinity => "never",
        { } known => known.ToString("0.0 s", CultureInfo.InvariantCulture),
    };
}
