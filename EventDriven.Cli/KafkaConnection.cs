using System.CommandLine;
using EventDriven.Cli.Servers;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Messaging.Storage.Groups;

namespace EventDriven.Cli;

/// <summary>
/// Where Kafka is: from the connection string <c>kafka</c> that services get too, from the command line, or from the state file of a running application.
/// </summary>
internal static class KafkaConnection
{
    public const string Variable = "ConnectionStrings__kafka";

    /// <summary>Overrides the connection string.</summary>
    public static Option<string?> Option { get; } = new("--kafka")
    {
        Description = $"Bootstrap servers, such as localhost:9092. Default: the environment variable {Variable}, else the running local application's.",
        HelpName = "host:port",
        Recursive = true,
    };

    /// <summary>The bootstrap servers.</summary>
    /// <exception cref="CommandFailedException">No address was given.</exception>
    public static string Find(ParseResult parsed)
    {
        var bootstrapServers = parsed.GetValue(Option) ?? Environment.GetEnvironmentVariable(Variable) ?? StateFile.Find(parsed, "kafka");
        return string.IsNullOrWhiteSpace(bootstrapServers)
            ? throw new CommandFailedException($"Where is Kafka? Set {Variable} or pass --kafka host:port.", ExitCode.Usage)
            : bootstrapServers;
    }

    /// <summary>What to say of a group that reads another one.</summary>
    public static CommandFailedException NotOf(RegisteredGroup group) => new(
        $"Group '{group.Name}' reads another cluster ({group.Cluster}) than the one that --kafka or {Variable} gives: name a broker of its own cluster there.",
        ExitCode.Usage);

    /// <summary>A client of it.</summary>
    /// <exception cref="CommandFailedException">No address was given.</exception>
    public static KafkaAdmin Open(ParseResult parsed) => KafkaAdmin.Open(Find(parsed));
}
