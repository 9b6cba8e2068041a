using EventDriven.Messaging.Operations.Databases;

namespace EventDriven.Messaging.Operations.Outbox;

/// <summary>The outbox of one service.</summary>
/// <param name="Database">Name of the database's connection string.</param>
/// <param name="Backlog">The events that wait.</param>
/// <param name="First">Those that are sent first.</param>
public sealed record DatabaseOutbox(string Database, OutboxBacklog Backlog, IReadOnlyList<WaitingOutboxMessage> First)
{
    /// <summary>The outboxes of the services that publish.</summary>
    /// <param name="databases">The services' databases.</param>
    /// <param name="limit">Maximum number of <see cref="First"/>, for each.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    /// <exception cref="Npgsql.NpgsqlException">A database no longer answers, or refuses.</exception>
    public static async Task<IReadOnlyList<DatabaseOutbox>> ReadAsync(
        ServiceDatabases databases, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(databases);
        var found = new List<DatabaseOutbox>();
        foreach (var (name, connection) in databases.Open)
        {
            var outbox = new OutboxAdmin(connection);
            if (await outbox.ExistsAsync(cancellationToken))
            {
                found.Add(new DatabaseOutbox(
                    name, await outbox.MeasureAsync(cancellationToken), await outbox.ListAsync(limit, cancellationToken)));
            }
        }

        return found;
    }
}
