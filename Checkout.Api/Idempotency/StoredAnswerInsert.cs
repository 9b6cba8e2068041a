using Npgsql;

namespace Checkout.Api.Idempotency;

/// <summary>Takes an idempotency key for the transaction that writes what the key is about, with the answer to give again.</summary>
internal static class StoredAnswerInsert
{
    /// <summary>
    /// A transaction's own note, of the resource that it makes: what follows in the transaction may go on only when it is there. It is gone with the
    /// transaction.
    /// </summary>
    public const string Made = "current_setting('checkout.made', true)";

    // A used key is an answer to be given again and no error, which PostgreSQL would log. A second request with the key waits here for the end of the
    // first one's transaction, and no longer than a second: the timeout holds until the end of this transaction (error 55P03, the one case that is logged).
    // What follows only inserts, of which no plan can be a bad one: they are not planned each time (DatabaseDefaults).
    private const string Sql =
        """
        INSERT INTO idempotency_keys (key, request_hash, order_id, status, location, body, is_final, created_at)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8
        FROM set_config('lock_timeout', '1s', true) AS timeout, set_config('plan_cache_mode', 'force_generic_plan', true) AS plans
        ON CONFLICT (key) DO NOTHING
        RETURNING set_config('checkout.made', order_id::text, true)
        """;

    /// <summary>Inserts one row, or none when the key was used before.</summary>
    public static NpgsqlBatchCommand Of(StoredAnswer answer) => new(Sql)
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
