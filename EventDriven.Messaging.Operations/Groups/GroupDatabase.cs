using EventDriven.Messaging.Storage.Groups;
using Npgsql;

namespace EventDriven.Messaging.Operations.Groups;

/// <summary>A consumer group, and an open connection to the database of its service.</summary>
/// <param name="Group">The group.</param>
/// <param name="Database">The connection.</param>
public sealed record GroupDatabase(RegisteredGroup Group, NpgsqlConnection Database);
