using System.CommandLine;
using EventDriven.Cli.Audit;
using EventDriven.Cli.Servers;
using EventDriven.Cli.Tables;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Messaging.Operations.Topics;

namespace EventDriven.Cli.Topics;

/// <summary><c>topics apply</c> and <c>topics list</c>.</summary>
internal static class TopicsCommand
{
    /// <summary>The topics that Contracts declares.</summary>
    internal static IReadOnlyList<DeclaredTopic> Declared { get; } =
        [.. EventDriven.Contracts.Topics.All.Select(topic => new DeclaredTopic(topic.Name, topic.Partitions, topic.Retention))];

    public static Command Create(OperatorChanges changes) =>
        new("topics", "Compares the declared topics with the broker's, and applies the declarations. Example: topics list")
        {
            Apply(changes), List(), JsonOutput.Option, KafkaConnection.Option, StateFile.Option,
        };

    private static Command Apply(OperatorChanges changes)
    {
        var replicationFactor = new Option<short>("--replication-factor")
        {
            Description = "Replicas of each new topic; -1 leaves it to the broker.",
            DefaultValueFactory = _ => -1,
        };
        var command = new Command(
            "apply",
            "Creates missing topics, and grows partitions and retention. Never shrinks or deletes. Can be repeated. "
            + "Example: topics apply --kafka localhost:9092")
        {
            replicationFactor,
            Confirmation.Yes,
            BecauseOption.Option,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var kafka = KafkaConnection.Open(parsed);
            var topics = new TopicAdmin(kafka);
            var plan = await topics.PlanAsync(Declared, cancellationToken);
            if (!parsed.IsJson())
            {
                TopicsPrint.Changes(plan);
            }

            var exitCode = ExitCode.Done;
            var isNeeded = plan.Any(change => change.IsNeeded);
            if (isNeeded)
            {
                exitCode = await changes.RunAsync(
                    parsed,
                    ChangeTargets.Kafka,
                    "Apply these changes? They can't be undone.",
                    change => change.RunAsync(
                        stopping => ApplyAsync(topics, plan, parsed.GetValue(replicationFactor), stopping), cancellationToken),
                    cancellationToken);
            }

            if (parsed.IsJson())
            {
                JsonOutput.Write(TopicsPrint.Json(plan, isApplied: isNeeded));
            }

            return exitCode;
        });
        return command.Writes<AppliedTopicsJson>();
    }

    private static async Task ApplyAsync(
        TopicAdmin topics, IReadOnlyList<TopicChange> plan, short replicationFactor, CancellationToken cancellationToken)
    {
        try
        {
            await topics.ApplyAsync(plan, replicationFactor, cancellationToken);
        }
        catch (TopicsNotAppliedException exception)
        {
            throw new OperationFailedException(exception.Message, ExitCode.Refused, exception);
        }
    }

    private static Command List()
    {
        var command = new Command(
            "list",
            "Shows each declared topic beside the broker's. Ends with 1 when the broker's is missing or less than declared. "
            + "Example: topics list --kafka localhost:9092");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var kafka = KafkaConnection.Open(parsed);
            var changes = await new TopicAdmin(kafka).PlanAsync(Declared, cancellationToken);
            TopicsPrint.List(changes, parsed.IsJson(), TableRoom.Of(parsed));
            return changes.Any(change => change.IsNeeded) ? ExitCode.Refused : ExitCode.Done;
        });
        return command.Writes<IReadOnlyList<TopicJson>>();
    }
}
