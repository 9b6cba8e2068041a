using System.CommandLine;
using EventDriven.Cli.Servers;
using EventDriven.Messaging.Tasks;
using Spectre.Console;

namespace EventDriven.Cli.Topics;

/// <summary><c>topics apply</c> and <c>topics list</c>.</summary>
internal static class TopicsCommand
{
    public static Command Create() =>
        new("topics", "The declared topics: what there is, and bringing it about.") { Apply(), List(), KafkaConnection.Option, StateFile.Option };

    private static Command Apply()
    {
        var replicationFactor = new Option<short>("--replication-factor")
        {
            Description = "Replicas of each new topic; -1 leaves it to the broker.",
            DefaultValueFactory = _ => -1,
        };
        var stay = new Option<bool>("--stay") { Description = "Does not end when it is done, for platforms that start again what ends." };
        var command = new Command("apply", "Creates what is missing; grows partitions and retention, never shrinks or deletes. Can be repeated. Example: topics apply --kafka localhost:9092")
        {
            replicationFactor,
            stay,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var admin = KafkaConnection.Open(parsed);
            await new ApplyTopics(admin, AnsiConsole.Console, parsed.GetValue(replicationFactor)).RunAsync(Contracts.Topics.All, cancellationToken);
            if (parsed.GetValue(stay))
            {
                await UntilStoppedAsync(cancellationToken);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static async Task UntilStoppedAsync(CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource();
        await using var registration = cancellationToken.Register(stopped.SetResult);
        await stopped.Task;
    }

    private static Command List()
    {
        var command = new Command("list", "Shows each declared topic, and what the broker has of it. Example: topics list --kafka localhost:9092");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var admin = KafkaConnection.Open(parsed);
            await ListTopics.RunAsync(admin, AnsiConsole.Console, cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }
}
