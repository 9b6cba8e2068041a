using EventDriven.Messaging.Operations.Lag;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Cli.Lag;

/// <summary>The lag of groups at one time.</summary>
/// <param name="Groups">The groups.</param>
/// <param name="Unreachable">What to tell the operator of each database that does not answer. The lag of its groups is unknown.</param>
internal sealed record MeasuredLag(IReadOnlyList<MeasuredGroup> Groups, IReadOnlyList<string> Unreachable)
{
    /// <summary>The command's exit code.</summary>
    /// <param name="maxSeconds">The age of a group's oldest event that is allowed; null for no limit.</param>
    public int ExitCodeFor(double? maxSeconds) => Unreachable.Count > 0
        ? ExitCode.Unreachable
        : maxSeconds is { } limit && !Groups.All(group => IsWithin(group, limit)) ? ExitCode.Refused : ExitCode.Done;

    // An unknown lag is not within the limit.
    private static bool IsWithin(MeasuredGroup group, double limit) => group.Lag is { } lag && lag.SecondsAt(lag.MeasuredAt) <= limit;
}
