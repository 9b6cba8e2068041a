using System.Net.Sockets;
using Npgsql;

namespace EventDriven.ServiceDefaults.Http.Failures;

/// <summary>Tells a database that can't answer now from a defect: the former is worth repeating.</summary>
public static class DatabaseFailures
{
    /// <summary>
    /// <see cref="ProblemCodes.DatabaseAway"/> or <see cref="ProblemCodes.DatabaseBusy"/> when the exception, or one that caused it, says so; EF Core wraps
    /// what it doesn't try again. Null for anything else.
    /// </summary>
    public static string? CodeOf(Exception? exception) => exception switch
    {
        null => null,
        PostgresException server => CodeOf(server.SqlState),

        // The pool had no connection in time, or a command took too long. A connection that can't be opened in time looks the same, and may be either.
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

        // After a failover, a pooled connection may lead to what is a standby now.
        PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.InvalidCatalogName => ProblemCodes.DatabaseAway,

        // Connection exception, insufficient resources, operator intervention, system error.
        ['0', '8', ..] or ['5', '3', ..] or ['5', '7', 'P', ..] or ['5', '8', ..] => ProblemCodes.DatabaseAway,
        _ => null,
    };
}
