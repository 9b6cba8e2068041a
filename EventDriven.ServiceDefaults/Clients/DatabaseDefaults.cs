using Npgsql;

namespace EventDriven.ServiceDefaults.Clients;

/// <summary>
/// How the services talk to PostgreSQL, as far as the connection string doesn't say otherwise. They repeat the same few dozen statements,
/// whose parsing would take more than many of them do (docs/performance.md).
/// </summary>
internal static class DatabaseDefaults
{
    private const int Statements = 100;

    /// <summary>The connection string with these defaults.</summary>
    public static string Apply(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (settings.MaxAutoPrepare == 0)
        {
            settings.MaxAutoPrepare = Statements;

            // A plan for each execution: one that is kept from when a table was small scans it when it has grown.
            settings.Options ??= "-c plan_cache_mode=force_custom_plan";
        }

        // Nothing changes a pooled session for longer than its transaction, so there is nothing to reset.
        settings.NoResetOnClose = true;
        return settings.ConnectionString;
    }
}
