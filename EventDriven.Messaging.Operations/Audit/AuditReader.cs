using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;

namespace EventDriven.Messaging.Operations.Audit;

/// <summary>Reads entries, one at a time. It needs the right to SELECT alone.</summary>
public sealed class AuditReader(PostgresAuditTrail trail)
{
    private const string Columns =
        "SELECT sequence, change_id, time, operator, subject, host, address, command, reason, phase, detail, previous_hash, hash "
        + "FROM audit.entries";

    /// <summary>All entries, by number.</summary>
    public IAsyncEnumerable<AuditEntry> AllAsync(CancellationToken cancellationToken) =>
        ReadAsync($"{Columns} ORDER BY sequence", [], cancellationToken);

    /// <summary>The newest entries, newest first.</summary>
    /// <param name="since">Not older ones; null for all.</param>
    /// <param name="limit">Their maximum number.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public IAsyncEnumerable<AuditEntry> NewestAsync(DateTimeOffset? since, int limit, CancellationToken cancellationToken) =>
        ReadAsync(
            $"{Columns} WHERE $1 IS NULL OR time >= $1 ORDER BY sequence DESC LIMIT $2",
            [
                new NpgsqlParameter { Value = (object?)since ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz },
                new NpgsqlParameter<int> { TypedValue = limit },
            ],
            cancellationToken);

    /// <summary>The entries of one change, newest first.</summary>
    public IAsyncEnumerable<AuditEntry> OfChangeAsync(Guid changeId, CancellationToken cancellationToken) => ReadAsync(
        $"{Columns} WHERE change_id = $1 ORDER BY sequence DESC", [new NpgsqlParameter<Guid> { TypedValue = changeId }], cancellationToken);

    private async IAsyncEnumerable<AuditEntry> ReadAsync(
        string sql, IReadOnlyList<NpgsqlParameter> parameters, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = await trail.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters.ToArray());
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            yield return Entry(row);
        }
    }

    private static AuditEntry Entry(NpgsqlDataReader row)
    {
        try
        {
            return Read(row);
        }
        catch (Exception exception) when (exception is InvalidCastException or OverflowException or ArgumentException)
        {
            // Somebody who took the table's rules away wrote what no entry has. Its hash is wrong, and the check says so.
            var unreadable = new AuditRecord(Guid.Empty, "", "", "", exception.Message, "");
            return new AuditEntry(row.GetInt64(0), DateTimeOffset.UnixEpoch, Address: null, unreadable, default, default);
        }
    }

    private static AuditEntry Read(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        row.GetFieldValue<DateTimeOffset>(2),
        Text(row, 6),
        new AuditRecord(
            row.GetGuid(1), row.GetString(3), row.GetString(5), row.GetString(7), row.GetString(8), row.GetString(9))
        {
            Subject = Text(row, 4),
            Detail = Text(row, 10),
        },
        row.GetFieldValue<byte[]>(11),
        row.GetFieldValue<byte[]>(12));

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
