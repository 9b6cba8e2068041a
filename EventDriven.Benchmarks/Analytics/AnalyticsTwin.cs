using EventDriven.Benchmarks.Harness.Contestants;
using Npgsql;
using NpgsqlTypes;

namespace EventDriven.Benchmarks.Analytics;

/// <summary>
/// A binary COPY, from memory into one table with a primary key, of as many rows as the read model has after the events: the most that
/// PostgreSQL takes from one connection. No log, no JSON, no inbox, no offsets, nothing to update.
/// </summary>
internal sealed class AnalyticsTwin(Servers servers) : IContestant
{
    public async Task<Measurement> RunAsync(int events, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(await servers.CreateDatabaseAsync("analytics_twin", cancellationToken));
        await connection.OpenAsync(cancellationToken);
        await using (var create = new NpgsqlCommand(
            "CREATE TABLE facts (order_id uuid, number int, sku text, quantity int, amount numeric, at timestamptz, PRIMARY KEY "
            + "(order_id, number))", connection))
        {
            await create.ExecuteNonQueryAsync(cancellationToken);
        }

        var orders = events / OrderFacts.FactsAnOrder;
        var meter = new Meter();
        await using (var copy = await connection.BeginBinaryImportAsync(
            "COPY facts (order_id, number, sku, quantity, amount, at) FROM STDIN (FORMAT binary)", cancellationToken))
        {
            for (var order = 0; order < orders; order++)
            {
                var now = TimeProvider.System.GetUtcNow();
                var id = Guid.CreateVersion7(now);
                for (var row = 0; row < OrderFacts.RowsAnOrder; row++)
                {
                    await copy.StartRowAsync(cancellationToken);
                    await copy.WriteAsync(id, NpgsqlDbType.Uuid, cancellationToken);
                    await copy.WriteAsync(row, NpgsqlDbType.Integer, cancellationToken);
                    await copy.WriteAsync("tea-earl-grey", NpgsqlDbType.Text, cancellationToken);
                    await copy.WriteAsync(2, NpgsqlDbType.Integer, cancellationToken);
                    await copy.WriteAsync(74.85m, NpgsqlDbType.Numeric, cancellationToken);
                    await copy.WriteAsync(now, NpgsqlDbType.TimestampTz, cancellationToken);
                }
            }

            await copy.CompleteAsync(cancellationToken);
        }

        return meter.Stop(events);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
