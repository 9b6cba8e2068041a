using System.Text.Json;
using EventDriven.Benchmarks.Service;
using Npgsql;

namespace EventDriven.Benchmarks.Outbox;

/// <summary>Rows of an outbox, all inserted by one statement that has not been committed yet.</summary>
internal sealed class StoredSales : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private StoredSales(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        _connection = connection;
        _transaction = transaction;
    }

    public static async Task<StoredSales> InsertAsync(string database, string topic, int events, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(database + ";Pooling=false;Command Timeout=300");
        await connection.OpenAsync(cancellationToken);
        var transaction = await connection.BeginTransactionAsync(cancellationToken);

        // What the trigger gives, without a lock a key: a million in one transaction are more than the server has room for.
        await using (var quiet = new NpgsqlCommand("SET LOCAL session_replication_role = replica", connection, transaction))
        {
            await quiet.ExecuteNonQueryAsync(cancellationToken);
        }

        var template = JsonSerializer.Serialize(
            SaleRecorded.Create(Guid.Empty, TimeProvider.System.GetUtcNow()), SaleJson.Default.SaleRecorded);
        await using (var insert = new NpgsqlCommand(
            """
            INSERT INTO messaging.outbox (sequence, bucket, event_id, topic, key, type, time, correlation_id, causation_id, trace_parent,
                data)
            SELECT nextval('messaging.outbox_sequence'), hashtextextended(key, 0) & 63, id, $1, key, $2, now(), id::text, id::text, $3,
                   convert_to(replace($4, $5, key), 'UTF8')
            FROM (SELECT gen_random_uuid() AS id, gen_random_uuid()::text AS key FROM generate_series(1, $6)) AS sale
            """,
            connection,
            transaction)
        {
            Parameters =
            {
                new() { Value = topic },
                new() { Value = SaleRecorded.Type },
                new() { Value = OutboxWork.TraceParent },
                new() { Value = template },
                new() { Value = Guid.Empty.ToString() },
                new() { Value = events },
            },
        })
        {
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }

        await CheckpointAsync(database, cancellationToken);
        return new StoredSales(connection, transaction);
    }

    /// <summary>Lets the relay see them.</summary>
    public Task CommitAsync(CancellationToken cancellationToken) => _transaction.CommitAsync(cancellationToken);

    public async Task VerifyIsEmptyAsync(CancellationToken cancellationToken)
    {
        await using var any = new NpgsqlCommand("SELECT count(*) FROM messaging.outbox", _connection);
        if ((long)(await any.ExecuteScalarAsync(cancellationToken))! != 0)
        {
            throw new InvalidOperationException("The relay says that it is done and has left rows in the outbox.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }

    // Writing these rows to disk is not the relay's work.
    private static async Task CheckpointAsync(string database, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false;Command Timeout=300");
        await connection.OpenAsync(cancellationToken);
        await using var checkpoint = new NpgsqlCommand("CHECKPOINT", connection);
        await checkpoint.ExecuteNonQueryAsync(cancellationToken);
    }
}
