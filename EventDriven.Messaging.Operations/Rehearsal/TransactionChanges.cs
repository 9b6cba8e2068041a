using EventDriven.Messaging.Operations.Tasks;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace EventDriven.Messaging.Operations.Rehearsal;

/// <summary>Changes of the current transaction so far, by PostgreSQL's own counts.</summary>
internal static class TransactionChanges
{
    /// <summary>
    /// Changed rows of the service's own tables. The counts include earlier transactions, so this one's changes are the
    /// difference between its end and its beginning.
    /// </summary>
    public static async Task<Dictionary<string, RowChanges>> RowsAsync(DbContext database, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT relname, n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_xact_user_tables
            WHERE schemaname <> 'messaging' AND n_tup_ins + n_tup_upd + n_tup_del > 0
            """,
            Connection(database));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new Dictionary<string, RowChanges>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows[reader.GetString(0)] = new RowChanges(reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));
        }

        return rows;
    }

    /// <summary>Events that the transaction has published, by type.</summary>
    public static async Task<Dictionary<string, long>> AnnouncedAsync(DbContext database, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "SELECT type, count(*) FROM messaging.outbox WHERE xmin = pg_current_xact_id()::xid GROUP BY type", Connection(database));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var events = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            events[reader.GetString(0)] = reader.GetInt64(1);
        }

        return events;
    }

    private static NpgsqlConnection Connection(DbContext database) => (NpgsqlConnection)database.Database.GetDbConnection();
}
