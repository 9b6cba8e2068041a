using Npgsql;

namespace EventDriven.Messaging.Failures;

/// <summary>Tells what a database will refuse in every attempt from what it may take in the next one.</summary>
internal static class PermanentDatabaseError
{
    // https://www.postgresql.org/docs/current/errcodes-appendix.html: a value that its type can't hold (too long, too large, no such character), and one
    // that an index can't. Not what depends on other rows, such as a unique key or a check.
    private const string DataException = "22";
    private const string ProgramLimitExceeded = "54";

    /// <summary>Whether the exception, or one that caused it, says that a value can't be stored.</summary>
    public static bool Is(Exception? exception) => exception switch
    {
        null => false,
        PostgresException server => server.SqlState.StartsWith(DataException, StringComparison.Ordinal)
            || server.SqlState.StartsWith(ProgramLimitExceeded, StringComparison.Ordinal),
        _ => Is(exception.InnerException),
    };
}
