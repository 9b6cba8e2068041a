using EventDriven.Messaging.Operations.Outbox;

namespace EventDriven.Cli.Outbox;

/// <summary>The outbox of one service.</summary>
/// <param name="Database">Name of the database's connection string.</param>
/// <param name="Backlog">The events that wait.</param>
/// <param name="First">Those that are sent first.</param>
internal sealed record DatabaseOutbox(string Database, OutboxBacklog Backlog, IReadOnlyList<WaitingOutboxMessage> First);
