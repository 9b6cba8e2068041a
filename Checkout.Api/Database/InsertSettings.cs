using Npgsql;

namespace Checkout.Api.Database;

/// <summary>
/// Settings of a transaction that inserts rows which another one may be inserting too. It begins with them, and they end with it.
/// </summary>
internal static class InsertSettings
{
    // A statement waits at another transaction's row for one second at most (error 55P03, which the server logs).
    //
    // The statements find rows by unique keys only. A plan that is kept is good for all of them, and never scans a table, not even if it is
    // from when the table was small; planning each time took longer than executing (docs/performance.md). Elsewhere it is the other way
    // round (DatabaseDefaults).
    private const string Sql =
        """
        SELECT set_config('lock_timeout', '1s', true), set_config('plan_cache_mode', 'force_generic_plan', true),
            set_config('enable_seqscan', 'off', true)
        """;

    /// <summary>Sets them.</summary>
    public static NpgsqlBatchCommand Command() => new(Sql);
}
