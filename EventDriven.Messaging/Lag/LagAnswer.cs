using EventDriven.Messaging.Telemetry;

namespace EventDriven.Messaging.Lag;

/// <summary>A group's lag as JSON: <c>GET /lag</c> and the operator's command answer with it.</summary>
/// <param name="Group">Consumer group.</param>
/// <param name="MeasuredAt">When it was measured, UTC.</param>
/// <param name="Events">Number of events that the group has not handled.</param>
/// <param name="Seconds">Age of the oldest of them; 0 if there is none, null if it could not be read.</param>
/// <param name="Partitions">Every partition of the group's topics.</param>
public sealed record LagAnswer(
    string Group, DateTimeOffset MeasuredAt, long Events, double? Seconds, IReadOnlyList<PartitionLagAnswer> Partitions)
{
    internal static LagAnswer Of(GroupLag lag, DateTimeOffset now) => new(
        lag.Group,
        lag.MeasuredAt,
        lag.Events,
        Rounded(lag.SecondsAt(now)),
        [.. lag.Partitions.Select(
            p => new PartitionLagAnswer(p.Topic, p.Partition, p.Position, p.End, p.Events, Rounded(p.SecondsAt(now)), p.OldestAt))]);

    private static double? Rounded(double? seconds) => seconds is { } value ? Math.Round(value, 3) : null;
}
