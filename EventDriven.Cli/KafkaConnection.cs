using System.CommandLine;
using Confluent.Kafka;
using EventDriven.Cli.Servers;

namespace EventDriven.Cli;

/// <summary>Where Kafka is: from the connection string <c>kafka</c> that services get too, from the command line, or from the
/// state file of a running LocalHost.</summary>
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

    // What the client has to say about a failed connection comes as an exception too, and is printed once, there.
    /// <exception cref="CommandFailedException">No address was given.</exception>
    public static IAdminClient Open(ParseResult parsed) => new AdminClientBuilder(new AdminClientConfig { BootstrapServers = Find(parsed) })
        .SetLogHandler((_, _) => { })
        .SetErrorHandler((_, _) => { })
        .Build();

    public static bool IsUnreachable(KafkaException exception) => exception.Error.Code
        is ErrorCode.Local_Transport or ErrorCode.Local_AllBrokersDown or ErrorCode.Local_TimedOut or ErrorCode.Local_Resolve or ErrorCode.RequestTimedOut;
}
