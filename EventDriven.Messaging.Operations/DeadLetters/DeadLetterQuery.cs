using EventDriven.Messaging.Storage.DeadLetters;
using Npgsql;
using NpgsqlTypes;

namespace EventDriven.Messaging.Operations.DeadLetters;

/// <summary>Parts that the queries of dead letters share.</summary>
internal static class DeadLetterQuery
{
    /// <summary>The oldest unresolved dead letter of each key, and each one without a key.</summary>
    public const string Heads =
        $"""
        SELECT DISTINCT ON ("group", cluster, topic, partition, key, CASE WHEN key IS NULL THEN id END) * FROM messaging.dead_letters
        WHERE {DeadLetterTable.Unresolved} ORDER BY "group", cluster, topic, partition, key, CASE WHEN key IS NULL THEN id END, "offset"
        """;

    /// <summary>Condition of a filter. Its parameters are <see cref="FilterParameters"/>, which come first.</summary>
    public const string Filter =
        """
        ($1::text IS NULL OR "group" = $1) AND ($2::text IS NULL OR key = $2) AND ($3::text IS NULL OR type = $3)
        AND ($4::text IS NULL OR reason = $4) AND ($10::text IS NULL OR error_type = $10) AND ($5::text IS NULL OR topic = $5)
        AND ($6::int IS NULL OR partition = $6)
        AND ($7::bigint IS NULL OR "offset" >= $7) AND ($8::bigint IS NULL OR "offset" <= $8)
        AND ($9::timestamptz IS NULL OR coalesce(first_failed_at, changed_at) < $9)
        """;

    /// <summary>Values of <see cref="Filter"/>, in its order.</summary>
    public static NpgsqlParameter[] FilterParameters(DeadLetterFilter filter) =>
    [
        .. new[] { filter.Group, filter.Key, filter.Type, IsName(filter.Reason) ? filter.Reason : null, filter.Topic }
            .Select(DeadLetterTable.Text),
        new() { Value = (object?)filter.Partition ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer },
        new() { Value = (object?)filter.FromOffset ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint },
        new() { Value = (object?)filter.ToOffset ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint },
        new() { Value = (object?)filter.FailedBefore?.ToUniversalTime() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz },

        // Apart from the reason's name, which an index has.
        DeadLetterTable.Text(IsName(filter.Reason) ? null : filter.Reason),
    ];

    private static bool IsName(string? reason) => StoredNames.IsReason(reason);
}
