using EventDriven.Chaos.Running;
using EventDriven.Chaos.Schedules;
using Npgsql;

namespace EventDriven.Chaos.Faults.Servers;

/// <summary>The services' sessions on PostgreSQL, as its administrator sees them.</summary>
internal static class ServiceSessions
{
    // Each service has a role of its name.
    private static readonly string[] Roles = [.. Topology.Services];

    /// <summary>Ends all of them; how many they were, or 0 if the server does not answer.</summary>
    public static async Task<int> TerminateAsync(RunningSystem system, CancellationToken cancellationToken)
    {
        var administrator = new NpgsqlConnectionStringBuilder(await system.ConnectionStringAsync(Topology.Postgres, cancellationToken))
        {
            Database = "postgres",
            Pooling = false,
            Timeout = 3,
        };
        try
        {
            await using var connection = new NpgsqlConnection(administrator.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand(
                """
                SELECT count(*) FILTER (WHERE pg_terminate_backend(pid))::int FROM pg_stat_activity
                WHERE usename = ANY ($1) AND application_name <> $2
                """,
                connection)
            {
                Parameters = { new() { Value = Roles }, new() { Value = RunningSystem.ApplicationName } },
            };
            return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
        }
        catch (NpgsqlException)
        {
            return 0;
        }
    }
}
