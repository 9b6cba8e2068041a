using System.CommandLine;
using EventDriven.Cli.Servers;
using EventDriven.Cli.Tables;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Cli.Topics;

/// <summary><c>topics apply</c> and <c>topics list</c>.</summary>
internal static class TopicsCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "Writes JSON, for programs.", Recursive = true };

    public static Command Create(Confirmation confirmation) =>
        new("topics", "The declared topics: what there is, and bringing it about. Example: topics list")
        {
            Apply(confirmation), List(), Json, KafkaConnection.Option, StateFile.Option,
        };

    private static Command Apply(Confirmation confirmation)
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
            Confirmation.Yes,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var admin = KafkaConnection.Open(parsed);
            var apply = new ApplyTopics(admin.Client, parsed.GetValue(replicationFactor));
            var changes = await apply.PlanAsync(Contracts.Topics.All, cancellationToken);
            TopicsPrint.Changes(changes, parsed.GetValue(Json));
            if (changes.Any(change => change.IsNeeded))
            {
                await confirmation.AskAsync(parsed, "Apply this? What is grown can't be shrunk again.", cancellationToken);
                await apply.RunAsync(changes, cancellationToken);
            }

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
        var command = new Command("list", "Shows each declared topic, and what the broker has of it. Ends with 1 when that is less than declared. Example: topics list --kafka localhost:9092");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var admin = KafkaConnection.Open(parsed);
            var existing = await BrokerTopics.ReadAsync(admin.Client, Contracts.Topics.All, cancellationToken);
            var changes = TopicChange.Between(Contracts.Topics.All, existing);
            TopicsPrint.List(changes, existing, parsed.GetValue(Json), TableRoom.Of(parsed));
            return changes.Any(change => change.IsNeeded) ? ExitCode.Refused : ExitCode.Done;
        });
        return command;
    }
}
