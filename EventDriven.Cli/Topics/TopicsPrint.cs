using System.Text.Json;
using System.Text.Json.Nodes;
using EventDriven.Cli.Tables;
using Spectre.Console;

namespace EventDriven.Cli.Topics;

/// <summary>Topics for a person, or as JSON.</summary>
internal static class TopicsPrint
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Each declared topic beside what the broker has of it.</summary>
    public static void List(IReadOnlyList<TopicChange> changes, IReadOnlyDictionary<string, BrokerTopic> existing, bool asJson, TableRoom room)
    {
        if (asJson)
        {
            Console.WriteLine(new JsonArray([.. changes.Select(change => Json(change, existing.GetValueOrDefault(change.Topic.Name)))]).ToJsonString(Indented));
            return;
        }

        AnsiConsole.Write(Table(changes, existing, room));
        if (changes.Any(change => change.IsNeeded))
        {
            AnsiConsole.WriteLine($"Next: {OperatorCommands.Name} topics apply creates what is missing, and grows what is less.");
        }
    }

    public static FittedTable Table(IReadOnlyList<TopicChange> changes, IReadOnlyDictionary<string, BrokerTopic> existing, TableRoom room)
    {
        var table = new FittedTable(
            room,
            new Column("Topic"),
            new Column("Partitions", ColumnKind.Number, Importance: 2),
            new Column("Kept", Importance: 1),
            new Column("State", ColumnKind.Text));
        foreach (var change in changes)
        {
            var onBroker = existing.GetValueOrDefault(change.Topic.Name);
            table.Add(change.Topic.Name, onBroker is null ? "-" : $"{onBroker.Partitions}", Kept(onBroker), State(change));
        }

        return table;
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

    private static JsonObject Json(TopicChange change, BrokerTopic? onBroker) => new JsonObject
    {
        ["topic"] = change.Topic.Name,
        ["partitions"] = onBroker?.Partitions,
        ["retentionDays"] = onBroker?.Retention is { } retention && retention != Timeout.InfiniteTimeSpan ? retention.TotalDays : null,
        ["declaredPartitions"] = change.Topic.Partitions,
        ["declaredRetentionDays"] = change.Topic.Retention.TotalDays,
        ["asDeclared"] = !change.IsNeeded,
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

    private static string State(TopicChange change) => change switch
    {
        { Create: true } => "missing",
        { IsNeeded: true } => $"less than declared ({change.Topic.Partitions} partitions, {change.Topic.Retention.TotalDays:0.##} days)",
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
