using System.CommandLine;
using EventDriven.Cli.Servers;
using EventDriven.Messaging.Operations.Logs;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Cli;

/// <summary>
/// Where Kafka is: from the command line, from the connection string <c>kafka</c> that services get too, or from
/// the state file of a running application.
/// </summary>
internal static class KafkaConnection
{
    public const string Variable = "ConnectionStrings__kafka";

    /// <summary>Overrides the connection string.</summary>
    public static Option<string?> Option { get; } = new("--kafka")
    {
        Description = "Bootstrap servers, such as localhost:9092. A connection string with a password belongs in the environment. Default: "
            + $"the environment variable {Variable}, else those of the running local application.",
        HelpName = "host:port",
        Recursive = true,
    };

    /// <summary>The bootstrap servers.</summary>
    /// <exception cref="OperationFailedException">No address was given, or it can't be used.</exception>
    public static string Find(ParseResult parsed)
    {
        var bootstrapServers = parsed.GetValue(Option) ?? Environment.GetEnvironmentVariable(Variable) ?? StateFile.Find(parsed, "kafka");
        return string.IsNullOrWhiteSpace(bootstrapServers)
            ? throw new OperationFailedException(
                $"The address of Kafka is missing. Set {Variable} or pass --kafka host:port.", ExitCode.Usage)
            : Checked(bootstrapServers);
    }

    /// <summary>Why Kafka refused every connection of a command that has failed; null if it didn't.</summary>
    public static async Task<string?> ExplainAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            using var kafka = new KafkaCluster(Find(parsed));
            return await kafka.ExplainAsync(cancellationToken);
        }
        catch (OperationFailedException)
        {
            // The command has told that itself, or didn't need Kafka.
            return null;
        }
    }

    private static string Checked(string connectionString)
    {
        try
        {
            new KafkaCluster(connectionString).Dispose();
            return connectionString;
        }
        catch (InvalidOperationException exception)
        {
            throw new OperationFailedException(exception.Message, ExitCode.Usage, exception);
        }
    }

    /// <summary>The cluster.</summary>
    /// <exception cref="OperationFailedException">No address was given.</exception>
    public static KafkaCluster Open(ParseResult parsed) => new(Find(parsed));
}
