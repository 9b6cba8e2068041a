using System.Globalization;
using EventDriven.Chaos.Campaigns;
using EventDriven.Chaos.Histories;

namespace EventDriven.Chaos;

/// <summary>What a run has shown.</summary>
/// <param name="ExitCode">The program's exit code.</param>
/// <param name="Line">The last line that it prints.</param>
internal sealed record Verdict(int ExitCode, string Line)
{
    /// <summary>Nothing was found.</summary>
    public const int Sound = 0;

    /// <summary>Something was found, or the run proves nothing.</summary>
    public const int Unsound = 1;

    /// <summary>The command can't be understood, or can't be run here and now.</summary>
    public const int UsageError = 2;

    /// <summary>Nothing could be checked.</summary>
    public const int NotChecked = 3;

    private const int Interrupted = 130;

    /// <summary>The run was stopped by whoever started it.</summary>
    public static readonly Verdict Stopped = new(Interrupted, "STOPPED: nothing was checked");

    /// <summary>Another run has the seed.</summary>
    public static readonly Verdict Taken = new(UsageError, "FAILED: another run has the seed");

    /// <summary>The verdict on a run that came to its end.</summary>
    /// <param name="recovery">Seconds until the application had recovered; null if it had not when time was up.</param>
    /// <param name="idle">Kinds of faults that nobody noticed.</param>
    /// <param name="orders">Orders that were acknowledged.</param>
    /// <param name="anomalies">Anomalies; null if the system could not be read.</param>
    /// <param name="growing">What grew all the time.</param>
    public static Verdict Of(
        double? recovery, IReadOnlyList<string> idle, int orders, int? anomalies, params IReadOnlyList<string> growing)
    {
        var findings = new List<string>();
        if (recovery is null)
        {
            findings.Add("not recovered");
        }

        if (idle.Count > 0)
        {
            findings.Add($"nobody noticed {string.Join(", ", idle)}");
        }

        if (orders == 0)
        {
            findings.Add("no order was acknowledged");
        }

        if (anomalies > 0)
        {
            findings.Add(anomalies == 1 ? "1 anomaly" : string.Create(CultureInfo.InvariantCulture, $"{anomalies} anomalies"));
        }

        if (growing.Count > 0)
        {
            findings.Add($"growing: {string.Join(", ", growing)}");
        }

        var code = findings.Count > 0 ? Unsound : anomalies is null ? NotChecked : Sound;
        if (anomalies is null)
        {
            findings.Add("nothing could be checked");
        }

        return new Verdict(code, code == Sound
            ? string.Create(CultureInfo.InvariantCulture, $"SOUND: recovered in {recovery:0.0} s, {orders} orders, no anomaly")
            : $"FAILED: {string.Join("; ", findings)}");
    }

    /// <summary>The verdict on several runs.</summary>
    public static Verdict Of(Coverage coverage)
    {
        var findings = new List<string>();
        var failed = coverage.Runs.Count(run => !run.IsSound);
        if (coverage.Runs.Count == 0)
        {
            findings.Add("there was no run");
        }
        else if (failed > 0)
        {
            findings.Add(string.Create(CultureInfo.InvariantCulture, $"{failed} of {coverage.Runs.Count} runs"));
        }

        if (coverage.Idle.Count > 0)
        {
            findings.Add($"nobody noticed {string.Join(", ", coverage.Idle)}");
        }

        return findings.Count > 0
            ? new Verdict(Unsound, $"FAILED: {string.Join("; ", findings)}")
            : new Verdict(Sound, string.Create(
                CultureInfo.InvariantCulture, $"SOUND: {coverage.Runs.Count} runs, {coverage.Kinds.Count} kinds of faults"));
    }

    /// <summary>The verdict on a run that could not be brought to its end.</summary>
    /// <param name="doing">What it was doing then.</param>
    /// <param name="exception">Why it could not go on.</param>
    public static Verdict BrokenOff(string doing, Exception exception) =>
        new(NotChecked, $"FAILED: {doing}: {exception.Message.ReplaceLineEndings(" ")}");

    /// <summary>
    /// The kinds of faults that were named or planned, and that nobody noticed: a fault like that proves nothing. Those that this machine
    /// can't have are left out.
    /// </summary>
    public static IReadOnlyList<string> Idle(
        IEnumerable<string> named, IEnumerable<PlannedFault> planned, IEnumerable<FaultReport> reports) =>
        [.. named.Concat(planned.Select(fault => fault.Kind))
            .Except(
                reports.Where(report => report.TookEffect || report.IsSkipped).Select(report => report.Fault.Kind), StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];
}
