using Confluent.Kafka;
using EventDriven.Messaging.Failures;
using EventDriven.Messaging.Kafka.Settings;
using Npgsql;

namespace EventDriven.Messaging.Operations.Tasks;

/// <summary>A server that does not answer or refuses, as an operator reads it.</summary>
/// <param name="Message">What failed, and what to check.</param>
/// <param name="ExitCode"><see cref="ExitCode.Unreachable"/> or <see cref="ExitCode.Refused"/>.</param>
public sealed record ServerProblem(string Message, int ExitCode)
{
    /// <summary>The problem that an exception reports; null when the exception does not come from a server.</summary>
    public static ServerProblem? Of(Exception exception) => exception switch
    {
        KafkaException kafka when Failure.IsOutage(kafka) =>
            new($"Kafka does not answer ({kafka.Error.Reason}). Is it running, and is its address right?", Tasks.ExitCode.Unreachable),
        KafkaException kafka when RefusalCodes.IsOfRight(kafka.Error.Code) =>
            new(
                $"Kafka doesn't allow this user to do it ({kafka.Error.Reason}). Grant the rights that acls show lists for the operator.",
                Tasks.ExitCode.Refused),
        KafkaException kafka =>
            new(
                $"Kafka refuses ({kafka.Error.Reason}). Do all topics exist (topics list), and does this user have the rights?",
                Tasks.ExitCode.Refused),

        // EF Core wraps what a database throws while it is away.
        _ when Failure.IsOutage(exception) =>
            new(
                $"A database does not answer ({exception.GetBaseException().Message}). Is PostgreSQL running? Try again when it is.",
                Tasks.ExitCode.Unreachable),
        PostgresException database => new(
            $"A database refuses ({database.MessageText}). Was the newest version of the service started, which migrates it? "
            + "Does this user have the rights?",
            Tasks.ExitCode.Refused),
        NpgsqlException or TimeoutException =>
            new($"A server did not answer in time ({exception.Message}). Try again.", Tasks.ExitCode.Unreachable),
        _ => null,
    };
}
