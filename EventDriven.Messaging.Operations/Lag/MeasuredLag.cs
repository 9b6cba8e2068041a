using EventDriven.Messaging.Operations.Databases;

namespace EventDriven.Messaging.Operations.Lag;

/// <summary>The lag of groups at one time.</summary>
/// <param name="Groups">The groups.</param>
/// <param name="Unreachable">The databases that do not answer. The lag of their groups is unknown.</param>
public sealed record MeasuredLag(IReadOnlyList<MeasuredGroup> Groups, IReadOnlyList<UnreachableDatabase> Unreachable)
{
    /// <summary>Whether the lag of each group is known and its oldest event is not older than a limit.</summary>
    /// <param name="maxSeconds">The limit, in seconds.</param>
    public bool IsWithin(double maxSeconds) =>
        Unreachable.Count == 0 && Groups.All(group => group.Lag is { } lag && lag.SecondsAt(lag.MeasuredAt) <= maxSeconds);
}
