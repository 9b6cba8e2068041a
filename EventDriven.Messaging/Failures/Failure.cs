using System.Data.Common;
using System.Net.Sockets;
using Confluent.Kafka;
using EventDriven.Messaging.Privacy;
using Npgsql;

namespace EventDriven.Messaging.Failures;

/// <summary>The one classification of failures, for consumers, relay, meters and operators' tasks.</summary>
internal static class Failure
{
    // https://www.postgresql.org/docs/current/errcodes-appendix.html
    private const string ConnectionException = "08";
    private const string InsufficientResources = "53";
    private const string OperatorIntervention = "57P";

    // A value that its type or an index can't hold. Not what depends on other rows, such as a unique key or a check.
    private const string DataException = "22";
    private const string ProgramLimitExceeded = "54";

    /// <summary>Classifies an exception by itself and by what caused it.</summary>
    public static FailureKind KindOf(Exception exception)
    {
        // EF Core wraps what a database throws: the first exception of the chain that says something counts.
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (KindOfOne(cause) is { } kind)
            {
                return kind;
            }
        }

        return FailureKind.Defect;
    }

    /// <summary>Whether a loop that depends on servers goes on: they failed or didn't answer in time, and may answer again.</summary>
    public static bool IsOfServer(Exception exception) => KindOf(exception) is FailureKind.Outage or FailureKind.Transient;

    /// <summary>Whether a server is away.</summary>
    public static bool IsOutage(Exception exception) => KindOf(exception) == FailureKind.Outage;

    /// <summary>Whether a client of Kafka says by this code that no broker answers.</summary>
    public static bool IsOutage(ErrorCode code) => code
        is ErrorCode.Local_Transport or ErrorCode.Local_AllBrokersDown or ErrorCode.Local_TimedOut or ErrorCode.Local_Resolve
            or ErrorCode.RequestTimedOut;

    private static FailureKind? KindOfOne(Exception exception) => exception switch
    {
        UnreadableEventException or ContradictoryEventException => FailureKind.Permanent,
        SubjectKeysUnavailableException => FailureKind.Outage,
        PostgresException server => KindOf(server.SqlState),

        // A command that took too long may be the event's own doing.
        NpgsqlException { InnerException: IOException or SocketException } => FailureKind.Outage,
        NpgsqlException { InnerException: not PostgresException } => FailureKind.Transient,
        KafkaException kafka => IsOutage(kafka.Error.Code) ? FailureKind.Outage : FailureKind.Transient,
        TimeoutException or IOException or SocketException => FailureKind.Transient,

        // Such as EF Core's DbUpdateException, of which only the cause tells.
        DbException { InnerException: null } => FailureKind.Transient,
        _ => null,
    };

    private static FailureKind KindOf(string sqlState)
    {
        return Begins(ConnectionException) || Begins(InsufficientResources) || Begins(OperatorIntervention) ? FailureKind.Outage
            : Begins(DataException) || Begins(ProgramLimitExceeded) ? FailureKind.Permanent
            : FailureKind.Transient;

        bool Begins(string condition) => sqlState.StartsWith(condition, StringComparison.Ordinal);
    }
}
