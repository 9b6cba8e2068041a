using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace Checkout.Api.Idempotency;

/// <summary>Takes an idempotency key, with its answer, in the transaction that creates the resource.</summary>
internal static class StoredAnswerInsert
{
    /// <summary>
    /// A setting of the transaction that holds the id of the created resource. The statements that follow do nothing without it. It ends
    /// with the transaction.
    /// </summary>
    public const string Made = "current_setting('checkout.made', true)";

    // A used key must cause no error, because PostgreSQL would log it. A second request with the key waits here for the end of the first
    // transaction, for as long as InsertSettings let it.
    private const string Insert =
        """
        INSERT INTO idempotency_keys (key, request_hash, order_id, status, location, body, is_final, created_at)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8

        """;

    private const string Once =
        """
        ON CONFLICT (key) DO NOTHING
        RETURNING set_config('checkout.made', order_id::text, true)
        """;

    private const string Always = Insert + Once;

    /// <summary>Inserts one row, or none if the key was used before.</summary>
    public static NpgsqlBatchCommand Of(StoredAnswer answer) => Of(answer, Always);

    /// <summary>Inserts one row, or none if the key was used before or the condition doesn't hold.</summary>
    /// <param name="answer">The row.</param>
    /// <param name="condition">SQL, a constant.</param>
    public static NpgsqlBatchCommand If([ConstantExpected] string condition, StoredAnswer answer) =>
        Of(answer, string.Concat(Insert, "WHERE ", condition, "\n", Once));

    private static NpgsqlBatchCommand Of(StoredAnswer answer, string sql) => new(sql)
    {
        Parameters =
        {
            new NpgsqlParameter<string> { TypedValue = answer.Key },
            new NpgsqlParameter<byte[]> { TypedValue = answer.RequestHash },
            new NpgsqlParameter<Guid> { TypedValue = answer.ResourceId },
            new NpgsqlParameter<int> { TypedValue = answer.Status },
            new NpgsqlParameter<string> { TypedValue = answer.Location },
            new NpgsqlParameter<byte[]> { TypedValue = answer.Body },
            new NpgsqlParameter<bool> { TypedValue = answer.IsFinal },
            new NpgsqlParameter<DateTimeOffset> { TypedValue = answer.CreatedAt },
        },
    };
}
