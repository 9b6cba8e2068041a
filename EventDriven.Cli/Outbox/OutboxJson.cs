namespace EventDriven.Cli.Outbox;

/// <summary>The outbox of one service.</summary>
/// <param name="Database">Name of the database's connection string.</param>
/// <param name="Pending">How many events wait.</param>
/// <param name="OldestSeconds">Age of the oldest of them, in seconds; null when none waits.</param>
/// <param name="First">Those that are sent first.</param>
internal sealed record OutboxJson(string Database, long Pending, double? OldestSeconds, IReadOnlyList<OutboxMessageJson> First);
