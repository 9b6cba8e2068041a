using System.Text.Json;
using System.Text.Json.Nodes;
using EventDriven.Contracts;
using Spectre.Console;

namespace EventDriven.Cli.Topics;

/// <summary>Topics for a person, or as JSON.</summary>
internal static class TopicsPrint
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Each declared topic beside what the broker has of it.</summary>
    public static void List(IReadOnlyList<TopicDefinition> declared, IReadOnlyDictionary<string, BrokerTopic> existing, bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(new JsonArray([.. declared.Select(topic => Json(topic, existing.GetValueOrDefault(topic.Name)))]).ToJsonString(Indented));
            return;
        }

        var table = new Table().AddColumns("Topic", "Partitions", "Kept", "State");
        foreach (var topic in declared)
        {
            var onBroker = existing.GetValueOrDefault(topic.Name);
            table.AddRow(topic.Name, onBroker is null ? "-" : $"{onBroker.Partitions}", Kept(onBroker), State(topic, onBroker));
        }

        AnsiConsole.Write(table);
        if (declared.Any(topic => TopicChange.Between(topic, existing.GetValueOrDefault(topic.Name)).IsNeeded))
        {
            AnsiConsole.WriteLine("Next: topics apply creates what is missing, and grows what is less.");
        }
    }

    /// <summary>What is done to each topic.</summary>
    public static void Changes(IReadOnlyList<TopicChange> changes, bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(new JsonArray([.. changes.Select(Json)]).ToJsonString(Indented));
            return;
        }

        foreach (var change in changes)
        {
            AnsiConsole.MarkupLineInterpolated($"{change.Topic.Name}: {Describe(change)}");
        }
    }

    private static JsonObject Json(TopicDefinition declared, BrokerTopic? onBroker) => new JsonObject
    {
        ["topic"] = declared.Name,
        ["partitions"] = onBroker?.Partitions,
        ["retentionDays"] = onBroker?.Retention is { } retention && retention != Timeout.InfiniteTimeSpan ? retention.TotalDays : null,
        ["declaredPartitions"] = declared.Partitions,
        ["declaredRetentionDays"] = declared.Retention.TotalDays,
        ["asDeclared"] = !TopicChange.Between(declared, onBroker).IsNeeded,
    };

    private static JsonObject Json(TopicChange change) => new JsonObject
    {
        ["topic"] = change.Topic.Name,
        ["create"] = change.Create,
        ["growPartitions"] = change.GrowPartitions,
        ["lengthenRetention"] = change.LengthenRetention,
    };

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

    private static string Describe(TopicChange change) => change switch
    {
        { Create: true } => $"create with {change.Topic.Partitions} partitions, keep {change.Topic.Retention.TotalDays} days",
        { GrowPartitions: true, LengthenRetention: true } => $"grow to {change.Topic.Partitions} partitions, keep {change.Topic.Retention.TotalDays} days",
        { GrowPartitions: true } => $"grow to {change.Topic.Partitions} partitions",
        { LengthenRetention: true } => $"keep {change.Topic.Retention.TotalDays} days",
        _ => "as declared",
    };
}
