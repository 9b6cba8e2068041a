using EventDriven.Benchmarks.Harness;
using Npgsql;

namespace EventDriven.Benchmarks.ControlRoom;

/// <summary>Puts as many rows where the pages read as a busy system has on a bad day.</summary>
internal static class ManyRows
{
    // Eight for each order that there is, as far as they go, and the rest for orders of the last days.
    private const string Receipts =
        """
        WITH known AS (SELECT order_id::text AS key, row_number() OVER () - 1 AS n FROM orders)
        INSERT INTO receipts (identity, event_id, "group", key, topic, type, event_time, outcome, attempts, milliseconds, time)
        SELECT md5(i::text)::uuid, md5(i::text)::uuid::text,
            (ARRAY['inventory', 'notifications', 'analytics', 'recommendations'])[1 + i % 4],
            coalesce(known.key, md5((i / 8)::text)::uuid::text), 'orders.v1', 'eventdriven.orders.order-placed.v1', at, 5, 1, 4.2,
            at + interval '20 ms'
        FROM (SELECT i, now() - interval '3 days' * (i / $1::float8) AS at FROM generate_series(1, $1) AS i) AS rows
        LEFT JOIN known ON known.n = i / 8
        ON CONFLICT DO NOTHING
        """;

    // A fifth has failed, each with four events of its key behind it.
    private const string DeadLetters =
        """
        INSERT INTO messaging.dead_letters ("group", cluster, topic, partition, "offset", key, type, time, headers, data, reason,
            error_type, error_message, error_stack, attempts, first_failed_at, state, changed_by, changed_at)
        SELECT 'inventory', cluster, 'orders.v1', n % 12, 10000000 + n, 'order-' || n % ($1 / 5), 'eventdriven.orders.order-placed.v1',
            now() - interval '1 h', '[]', convert_to(repeat('{"orderId":"a","total":3,"currency":"EUR"}', 8), 'UTF8'),
            CASE WHEN n <= $1 / 5 THEN CASE WHEN n % 1000 = 0 THEN 'unreadable' ELSE 'failed' END ELSE 'behind' END,
            'System.InvalidOperationException', 'No stock.', repeat('at Somewhere.Far.Away()', 20), 5, now() - interval '1 h', 'parked',
            'inventory', now() - interval '1 h'
        FROM generate_series(1, $1) AS n, messaging.consumer_groups AS known
        WHERE known."group" = 'inventory'
        """;

    /// <summary>Adds receipts to Analytics and dead letters to Inventory.</summary>
    /// <exception cref="InvalidOperationException">They are not there.</exception>
    public static async Task FillAsync(RunningApplication application, int receipts, int deadLetters, CancellationToken cancellationToken)
    {
        await FillAsync(application.ConnectionString("analyticsdb"), Receipts, "receipts", receipts, cancellationToken);
        await FillAsync(application.ConnectionString("inventorydb"), DeadLetters, "messaging.dead_letters", deadLetters, cancellationToken);
    }

    private static async Task FillAsync(string database, string insert, string table, int rows, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false;Command Timeout=600");
        await connection.OpenAsync(cancellationToken);
        await using (var fill = new NpgsqlCommand(insert, connection) { Parameters = { new() { Value = rows } } })
        {
            await fill.ExecuteNonQueryAsync(cancellationToken);
        }

        await using (var settle = new NpgsqlCommand($"VACUUM ANALYZE {table}", connection))
        {
            await settle.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var count = new NpgsqlCommand($"SELECT count(*) FROM {table}", connection);
        if (await count.ExecuteScalarAsync(cancellationToken) is not long there || there < rows)
        {
            throw new InvalidOperationException($"{table} has fewer than {rows} rows.");
        }
    }
}
