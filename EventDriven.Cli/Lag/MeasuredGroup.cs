using EventDriven.Messaging.Storage.Groups;
using EventDriven.Messaging.Telemetry;

namespace EventDriven.Cli.Lag;

/// <summary>A group and its lag.</summary>
/// <param name="Group">The group.</param>
/// <param name="Lag">Null when the group reads another log than the broker's.</param>
/// <param name="Members">How many read for it now; null when the cluster can't tell, or is another one.</param>
internal sealed record MeasuredGroup(RegisteredGroup Group, GroupLag? Lag, int? Members);
