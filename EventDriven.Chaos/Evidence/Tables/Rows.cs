using Npgsql;

namespace EventDriven.Chaos.Evidence.Tables;

/// <summary>Reads whole tables.</summary>
internal static class Rows
{
    private const int TimeoutSeconds = 300;

    /// <summary>The rows of a query.</summary>
    /// <exception cref="NpgsqlException">The database can't be reached, or refuses.</exception>
    public static async Task<IReadOnlyList<T>> ReadAsync<T>(
        this NpgsqlConnection database, string query, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(query, database) { CommandTimeout = TimeoutSeconds };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>A value, or null.</summary>
    public static T? ValueOrNull<T>(this NpgsqlDataReader row, int column) where T : struct =>
        row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);

    /// <summary>A text, or null.</summary>
    public static string? TextOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
