using Npgsql;

namespace EventDriven.Tests;

/// <summary>Everything that a database holds, to compare before and after.</summary>
internal static class TableContents
{
    // When instances began to read, and which logs, is theirs to change, and receipts tell of deliveries, not of effects.
    private static readonly string[] LeftOut =
    [
        "consumer_groups", "consumer_logs", "schema_versions", "\"__EFMigrationsHistory\"", "receipts",
    ];

    /// <summary>The rows of each table, in the order of their text.</summary>
    public static async Task<SortedDictionary<string, string[]>> ReadAsync(NpgsqlConnection database, CancellationToken cancellationToken)
    {
        var contents = new SortedDictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var table in await RowsAsync(
            database,
            "SELECT format('%I.%I', table_schema, table_name) FROM information_schema.tables WHERE table_schema IN ('public', 'messaging') "
            + "AND table_type = 'BASE TABLE'",
            cancellationToken))
        {
            if (!LeftOut.Any(name => table.EndsWith($".{name}", StringComparison.Ordinal)))
            {
                contents.Add(table, await RowsAsync(database, $"SELECT t::text FROM {table} AS t ORDER BY 1", cancellationToken));
            }
        }

        return contents;
    }

    private static async Task<string[]> RowsAsync(NpgsqlConnection database, string query, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(query, database);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(reader.GetString(0));
        }

        return [.. rows];
    }
}
