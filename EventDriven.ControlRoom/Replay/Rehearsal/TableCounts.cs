using Npgsql;

namespace EventDriven.ControlRoom.Replay.Rehearsal;

/// <summary>Counts the rows of a service's tables, or asks PostgreSQL for its estimate where that takes too long.</summary>
internal static class TableCounts
{
    private const int MostTables = 30;
    private const string Timeout = "SET statement_timeout = '2s'";

    private const string Estimate = "SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = to_regclass(quote_ident($1))";

    /// <summary>Rows by table. Tables that are not found are left out.</summary>
    /// <param name="database">An open connection to the service's database, which nothing else uses afterwards.</param>
    /// <param name="tables">The tables.</param>
    /// <param name="cancellationToken">Stops counting.</param>
    /// <exception cref="NpgsqlException">The database does not answer, or refuses.</exception>
    public static async Task<IReadOnlyDictionary<string, TableCount>> ReadAsync(
        NpgsqlConnection database, IEnumerable<string> tables, CancellationToken cancellationToken)
    {
        await using (var timeout = new NpgsqlCommand(Timeout, database))
        {
            await timeout.ExecuteNonQueryAsync(cancellationToken);
        }

        using var names = new NpgsqlCommandBuilder();
        var counts = new Dictionary<string, TableCount>(StringComparer.Ordinal);
        foreach (var table in tables.Take(MostTables))
        {
            try
            {
                await using var count = new NpgsqlCommand($"SELECT count(*) FROM {names.QuoteIdentifier(table)}", database);
                counts[table] = new TableCount((long)(await count.ExecuteScalarAsync(cancellationToken))!, IsExact: true);
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.QueryCanceled)
            {
                await using var estimate = new NpgsqlCommand(Estimate, database) { Parameters = { new() { Value = table } } };
                if (await estimate.ExecuteScalarAsync(cancellationToken) is long rows)
                {
                    counts[table] = new TableCount(rows, IsExact: false);
                }
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UndefinedTable)
            {
                // In a schema of its own, which is not looked through.
            }
        }

        return counts;
    }
}
