using System.CommandLine;
using EventDriven.Cli.Servers;
using EventDriven.Messaging.Operations.Logs;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Messaging.Storage.Groups;

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
        Description = "Bootstrap servers, such as localhost:9092. Default: "
            + $"the environment variable {Variable}, else those of the running local application.",
        HelpName = "host:port",
        Recursive = true,
    };

    /// <summary>The bootstrap servers.</summary>
    /// <exception cref="CommandFailedException">No address was given.</exception>
    public static string Find(ParseResult parsed)
    {
        var bootstrapServers = parsed.GetValue(Option) ?? Environment.GetEnvironmentVariable(Variable) ?? StateFile.Find(parsed, "kafka");
        return string.IsNullOrWhiteSpace(bootstrapServers)
            ? throw new CommandFailedException(
                $"The address of Kafka is missing. Set {Variable} or pass --kafka host:port.", ExitCode.Usage)
            : bootstrapServers;
    }

    /// <summary>The cluster.</summary>
    /// <exception cref="CommandFailedException">No address was given.</exception>
    public static KafkaCluster Open(ParseResult parsed) => new(Find(parsed));

    /// <summary>Requires that a group reads the log of this cluster.</summary>
    /// <exception cref="CommandFailedException">It reads that of another one.</exception>
    public static async Task RequireLogOfAsync(KafkaCluster kafka, RegisteredGroup group, CancellationToken cancellationToken)
    {
        if (!await kafka.IsReadByAsync(group, cancellationToken))
        {
            throw new CommandFailedException(
                $"Group '{group.Name}' reads the log of another cluster ({group.Cluster}). "
                + $"Pass a broker of that cluster with --kafka or {Variable}.",
                ExitCode.Usage);
        }
    }
}
