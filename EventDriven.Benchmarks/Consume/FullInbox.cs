using Npgsql;

namespace EventDriven.Benchmarks.Consume;

/// <summary>Puts rows into an inbox as if so many events had been handled before.</summary>
internal static class FullInbox
{
    /// <summary>As many rows as an inbox of ten days has at a million events a day; few in the database of a quick run.</summary>
    public static int Rows(int events) => events >= 100_000 ? 10_000_000 : events;

    /// <summary>Adds rows whose ids are UUIDv7 of the last days, evenly spread.</summary>
    public static async Task FillAsync(string database, int rows, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false;Command Timeout=600");
        await connection.OpenAsync(cancellationToken);
        await using var fill = new NpgsqlCommand(
            """
            INSERT INTO messaging.inbox ("group", identity, handled_at)
            SELECT 'sales', (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0')
                || '7' || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid, at
            FROM (SELECT n, now() - interval '9 days' * (1 - n / $1::float8) AS at FROM generate_series(1, $1) AS n) AS past
            """,
            connection)
        {
            Parameters = { new() { Value = rows } },
        };
        await fill.ExecuteNonQueryAsync(cancellationToken);
        await using var settle = new NpgsqlCommand("VACUUM ANALYZE messaging.inbox", connection);
        await settle.ExecuteNonQueryAsync(cancellationToken);
        await using var checkpoint = new NpgsqlCommand("CHECKPOINT", connection);
        await checkpoint.ExecuteNonQueryAsync(cancellationToken);
    }
}
