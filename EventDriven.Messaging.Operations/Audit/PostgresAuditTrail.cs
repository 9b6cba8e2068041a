using System.Data;
using Npgsql;
using NpgsqlTypes;

namespace EventDriven.Messaging.Operations.Audit;

/// <summary>The audit trail in PostgreSQL: the database that <c>./eventdriven audit script</c> prints.</summary>
/// <param name="connectionString">Its connection string, with a role that may add and read entries.</param>
/// <exception cref="ArgumentException">The connection string is invalid.</exception>
public sealed class PostgresAuditTrail(string connectionString) : IAuditTrail
{
    /// <summary>Name of its connection string.</summary>
    public const string ConnectionName = "auditdb";

    /// <summary>
    /// Of the transaction alone. A lock that never comes must not hold a command up for ever, nor a command that stands still keep the
    /// lock.
    /// </summary>
    internal const string Settings =
        "SET LOCAL lock_timeout = '10s'; SET LOCAL idle_in_transaction_session_timeout = '10s'; SET LOCAL synchronous_commit = on";

    private const int ConnectSeconds = 10;
    private const int CommandSeconds = 20;

    // In a statement of its own: the one that reads the head sees what was committed before the lock was got. The trigger takes it, too.
    private const string Lock = "SELECT pg_advisory_xact_lock(4702111234474983745)";

    private const string Head =
        """
        SELECT clock_timestamp(), host(inet_client_addr()), head.sequence, head.hash
        FROM (VALUES (1)) AS one LEFT JOIN (SELECT sequence, hash FROM audit.entries ORDER BY sequence DESC LIMIT 1) AS head ON true
        """;

    private const string Insert =
        """
        INSERT INTO audit.entries (sequence, change_id, time, operator, subject, host, address, command, reason, phase, detail,
            previous_hash, hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        """;

    private readonly string _connectionString = new NpgsqlConnectionStringBuilder(connectionString)
    {
        Timeout = ConnectSeconds,
        CommandTimeout = CommandSeconds,
        Pooling = false,
    }.ConnectionString;

    /// <inheritdoc/>
    public async Task<AuditEntry> AppendAsync(AuditRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        await using var connection = await OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        await RunAsync(connection, Settings, cancellationToken);
        await RunAsync(connection, Lock, cancellationToken);
        var entry = await NextAsync(connection, record, cancellationToken);
        await InsertAsync(connection, entry, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return entry;
    }

    /// <summary>A connection on which entries can be read.</summary>
    internal async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(_connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static async Task<AuditEntry> NextAsync(NpgsqlConnection connection, AuditRecord record, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Head, connection);
        await using var head = await command.ExecuteReaderAsync(cancellationToken);
        await head.ReadAsync(cancellationToken);
        var isFirst = await head.IsDBNullAsync(2, cancellationToken);
        var entry = new AuditEntry(
            isFirst ? 1 : head.GetInt64(2) + 1,
            await head.GetFieldValueAsync<DateTimeOffset>(0, cancellationToken),
            await head.IsDBNullAsync(1, cancellationToken) ? null : head.GetString(1),
            record,
            isFirst ? AuditHash.Start : await head.GetFieldValueAsync<byte[]>(3, cancellationToken),
            default);
        return entry with { Hash = AuditHash.Of(entry) };
    }

    private static async Task InsertAsync(NpgsqlConnection connection, AuditEntry entry, CancellationToken cancellationToken)
    {
        var record = entry.Record;
        await using var command = new NpgsqlCommand(Insert, connection);
        foreach (var value in (object?[])
            [
                entry.Sequence, record.ChangeId, entry.Time, record.Operator, record.Subject, record.Host, entry.Address, record.Command,
                record.Reason, record.Phase, record.Detail, entry.PreviousHash.ToArray(), entry.Hash.ToArray(),
            ])
        {
            command.Parameters.Add(value is null
                ? new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text }
                : new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
