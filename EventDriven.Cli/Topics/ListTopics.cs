using Confluent.Kafka;
using EventDriven.Contracts;
using Spectre.Console;

namespace EventDriven.Cli.Topics;

/// <summary>Shows each declared topic beside what the broker has of it.</summary>
internal static class ListTopics
{
    public static async Task RunAsync(IAdminClient admin, IAnsiConsole console, CancellationToken cancellationToken)
    {
        var existing = await BrokerTopics.ReadAsync(admin, Contracts.Topics.All, cancellationToken);
        var table = new Table().AddColumns("Topic", "Partitions", "Kept", "State");
        foreach (var topic in Contracts.Topics.All)
        {
            var onBroker = existing.GetValueOrDefault(topic.Name);
            table.AddRow(
                topic.Name,
                onBroker is null ? "-" : $"{onBroker.Partitions}",
                Kept(onBroker),
                State(topic, onBroker));
        }

        console.Write(table);
    }

    private static string Kept(BrokerTopic? topic) => topic?.Retention switch
    {
        null => "-",
        { } retention when retention == Timeout.InfiniteTimeSpan => "for ever",
        { } retention => $"{retention.TotalDays:0.##} days",
    };

    private static string State(TopicDefinition declared, BrokerTopic? onBroker) => TopicChange.Between(declared, onBroker) switch
    {
        { Create: true } => "missing",
        { IsNeeded: true } => $"less than declared ({declared.Partitions} partitions, {declared.Retention.TotalDays:0.##} days)",
        _ => "as declared",
    };
}
