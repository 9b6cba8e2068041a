using EventDriven.Messaging.Storage.Groups;
using EventDriven.Messaging.Telemetry;

namespace EventDriven.Messaging.Operations.Status;

/// <summary>What a consumer group reads, and how far it is.</summary>
/// <param name="Database">Name of the connection string of its service's database.</param>
/// <param name="Group">The group, as its service has registered it.</param>
/// <param name="Lag">Its lag by partition; null when it is unknown.</param>
public sealed record GroupStatus(string Database, RegisteredGroup Group, GroupLag? Lag);
