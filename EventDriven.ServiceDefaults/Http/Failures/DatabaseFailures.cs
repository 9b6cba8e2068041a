using System.Net.Sockets;
using Npgsql;

namespace EventDriven.ServiceDefaults.Http.Failures;

/// <summary>Distinguishes a database that can't answer now, where repeating helps, from a defect.</summary>
public static class DatabaseFailures
{
    /// <summary>
    /// <see cref="ProblemCodes.DatabaseAway"/> or <see cref="ProblemCodes.DatabaseBusy"/> if the exception or one of its causes means that
    /// (EF Core wraps what it doesn't retry); null for anything else.
    /// </summary>
    public static string? CodeOf(Exception? exception) => exception switch
    {
        null => null,
        PostgresException server => CodeOf(server.SqlState),

        // The pool had no connection in time, a command took too long, or a connection could not be opened in time: all three look the
        // same.
        NpgsqlException { InnerException: TimeoutException } or TimeoutException { Source: "Npgsql" } => ProblemCodes.DatabaseBusy,
        NpgsqlException { InnerException: IOException or SocketException } => ProblemCodes.DatabaseAway,
        NpgsqlException { IsTransient: true } => ProblemCodes.DatabaseAway,
        _ => CodeOf(exception.InnerException),
    };

    // https://www.postgresql.org/docs/current/errcodes-appendix.html
    private static string? CodeOf(string state) => state switch
    {
        PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled
            or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure => ProblemCodes.DatabaseBusy,

        // After a failover, a pooled connection may lead to a server that is now a standby.
        PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.InvalidCatalogName => ProblemCodes.DatabaseAway,

        // Connection exception, insufficient resources, operator intervention, system error.
        ['0', '8', ..] or ['5', '3', ..] or ['5', '7', 'P', ..] or ['5', '8', ..] => ProblemCodes.DatabaseAway,
        _ => null,
    };
}
