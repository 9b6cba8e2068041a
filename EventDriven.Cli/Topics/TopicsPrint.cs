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
            JsonOutput.Write<IReadOnlyList<TopicJson>>([.. changes.Select(Compare)]);
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

    /// <summary>Prints the change of each topic, for a person.</summary>
    public static void Changes(IReadOnlyList<TopicChange> changes)
    {
        foreach (var change in changes)
        {
            AnsiConsole.MarkupLineInterpolated($"{change.Topic.Name}: {Describe(change)}");
        }
    }

    public static AppliedTopicsJson Json(IReadOnlyList<TopicChange> changes, bool isApplied) => new(
        [
            .. changes.Select(change => new TopicChangeJson(
                change.Topic.Name, change.Create, change.GrowPartitions, change.LengthenRetention)),
        ],
        isApplied);

    private static TopicJson Compare(TopicChange change) => new(
        change.Topic.Name,
        change.Existing?.Partitions,
        change.Existing?.Retention is { } retention && retention != Timeout.InfiniteTimeSpan ? retention.TotalSeconds : null,
        change.Topic.Partitions,
        change.Topic.Retention.TotalSeconds,
        !change.IsNeeded);

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
