using System.Text.Json.Nodes;
using EventDriven.Cli.Tables;
using EventDriven.Messaging.Operations.Topics;
using Spectre.Console;

namespace EventDriven.Cli.Topics;

/// <summary>Prints topics for a person or as JSON.</summary>
internal static class TopicsPrint
{
    /// <summary>Prints each declared topic beside the broker's.</summary>
    public static void List(IReadOnlyList<TopicChange> changes, bool asJson, TableRoom room)
    {
        if (asJson)
        {
            JsonOutput.Write(JsonOutput.Array(changes, Compare));
            return;
        }

        AnsiConsole.Write(Table(changes, room));
        if (changes.Any(change => change.IsNeeded))
        {
            AnsiConsole.WriteLine($"Next: {OperatorCommands.Name} topics apply creates and grows these topics.");
        }
    }

    public static FittedTable Table(IReadOnlyList<TopicChange> changes, TableRoom room)
    {
        var table = new FittedTable(
            room,
            new Column("Topic"),
            new Column("Partitions", ColumnKind.Number, Importance: 2),
            new Column("Kept", Importance: 1),
            new Column("State", ColumnKind.Text));
        foreach (var change in changes)
        {
            table.Add(
                change.Topic.Name, change.Existing is { } existing ? $"{existing.Partitions}" : "-", Kept(change.Existing), State(change));
        }

        return table;
    }

    /// <summary>Prints the change of each topic.</summary>
    public static void Changes(IReadOnlyList<TopicChange> changes, bool asJson)
    {
        if (asJson)
        {
            JsonOutput.Write(JsonOutput.Array(changes, Json));
            return;
        }

        foreach (var change in changes)
        {
            AnsiConsole.MarkupLineInterpolated($"{change.Topic.Name}: {Describe(change)}");
        }
    }

    private static JsonObject Compare(TopicChange change) => new JsonObject
    {
        ["topic"] = change.Topic.Name,
        ["partitions"] = change.Existing?.Partitions,
        ["retentionDays"] = change.Existing?.Retention is { } retention && retention != Timeout.InfiniteTimeSpan
            ? retention.TotalDays
            : null,
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
        { GrowPartitions: true, LengthenRetention: true } =>
            $"grow to {change.Topic.Partitions} partitions, keep {change.Topic.Retention.TotalDays} days",
        { GrowPartitions: true } => $"grow to {change.Topic.Partitions} partitions",
        { LengthenRetention: true } => $"keep {change.Topic.Retention.TotalDays} days",
        _ => "as declared",
    };
}
