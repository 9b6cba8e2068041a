using System.Net.Sockets;
using Npgsql;

namespace EventDriven.Messaging.Failures;

/// <summary>
/// Tells a database that is away from an event that can't be applied. While it is away, nothing can be stored as a dead letter either; and the events
/// of an outage must not become dead letters when it is over.
/// </summary>
internal static class DatabaseOutage
{
    // https://www.postgresql.org/docs/current/errcodes-appendix.html
    private const string ConnectionException = "08";
    private const string InsufficientResources = "53";
    private const string OperatorIntervention = "57P";

    /// <summary>Whether the exception, or one that caused it, says that the server does not answer, or not now.</summary>
    public static bool Is(Exception? exception) => exception switch
    {
        null => false,
        PostgresException server => server.SqlState.StartsWith(ConnectionException, StringComparison.Ordinal)
            || server.SqlState.StartsWith(InsufficientResources, StringComparison.Ordinal)
            || server.SqlState.StartsWith(OperatorIntervention, StringComparison.Ordinal),
        // Not a command that took too long: that may be the event's own doing.
        NpgsqlException { InnerException: IOException or SocketException } => true,
        _ => Is(exception.InnerException),
    };
}
