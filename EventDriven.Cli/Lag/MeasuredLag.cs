using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Cli.Lag;

/// <summary>What was measured at one time.</summary>
/// <param name="Groups">The groups, with their lag.</param>
/// <param name="Away">Of each database that doesn't answer, what to tell the operator: the lag of its groups is not known.</param>
internal sealed record MeasuredLag(IReadOnlyList<MeasuredGroup> Groups, IReadOnlyList<string> Away)
{
    /// <summary>What the command ends with.</summary>
    /// <param name="maxSeconds">Beyond which a group is too far behind; null for no limit.</param>
    public int ExitCodeFor(double? maxSeconds) => Away.Count > 0
        ? ExitCode.Unreachable
        : maxSeconds is { } limit && !Groups.All(group => IsWithin(group, limit)) ? ExitCode.Refused : ExitCode.Done;

    // What is not known is not within the limit.
    private static bool IsWithin(MeasuredGroup group, double limit) => group.Lag is { } lag && lag.SecondsAt(lag.MeasuredAt) <= limit;
}
