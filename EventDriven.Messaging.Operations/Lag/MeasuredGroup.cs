using EventDriven.Messaging.Storage.Groups;
using EventDriven.Messaging.Telemetry;

namespace EventDriven.Messaging.Operations.Lag;

/// <summary>A group and its lag.</summary>
/// <param name="Group">The group.</param>
/// <param name="Lag">Its lag; null when the group reads the log of another cluster.</param>
/// <param name="Members">
/// How many members it has; null when it reads the log of another cluster, or the cluster does not know its members.
/// </param>
public sealed record MeasuredGroup(RegisteredGroup Group, GroupLag? Lag, int? Members);
