using System.Text.Json.Nodes;
using EventDriven.Messaging.Operations.Reconciliation;
using Spectre.Console;

namespace EventDriven.Cli.Reconciliation;

/// <summary>Where a read model and the log don't agree, and what to do about it.</summary>
internal static class ReadModelPrint
{
    public static void Wrong(GroupReport group, ReadModelReport model)
    {
        if (model.WithoutRow > 0)
        {
            AnsiConsole.MarkupLineInterpolated($"[red]{group.Group}: {model.WithoutRow} handled event(s) have no row in the read model[/], the first ones:");
            List(model.FirstWithoutRow);
            AnsiConsole.WriteLine(group.CanBeRebuilt
                ? $"  Next: ./eventdriven rebuild --service {group.Group} makes the rows anew; find out who deleted them."
                : "  Next: find out who deleted the rows. The inbox knows the events as handled, so a replay does not make them anew.");
        }

        if (model.WithoutEvent > 0)
        {
            AnsiConsole.MarkupLineInterpolated($"[red]{group.Group}: {model.WithoutEvent} key(s) of the read model have no event on the log[/], the first ones:");
            List(model.FirstWithoutEvent);
            AnsiConsole.WriteLine(
                "  Next: keep these rows, they can't be made anew: the read model was made from another log too, a topic was made anew, or somebody wrote them by hand. docs/operations.md, \"Was anything lost?\".");
        }
    }

    public static IEnumerable<string> Notes(GroupReport group)
    {
        foreach (var log in group.LeftOut.GroupBy(log => (log.Cluster, log.LeftOutAt!.Value)))
        {
            yield return $"{group.Group} was rebuilt at {ReconcilePrint.Time(log.Key.Value)} without {string.Join(", ", log.Select(l => l.Topic).Distinct())} of the log '{log.Key.Cluster}': what stood only there is gone from its read model.";
        }

        foreach (var topic in group.ReadModel?.NotCompared ?? [])
        {
            yield return $"A partition of {topic} has lost all that it had, or lost some while it was read: whether {group.Group} has rows without an event there can't be told.";
        }
    }

    public static JsonArray Json(IReadOnlyList<(string EventType, string Key)>? keys) =>
        new([.. (keys ?? []).Select(key => new JsonObject { ["type"] = key.EventType, ["key"] = key.Key })]);

    private static void List(IReadOnlyList<(string EventType, string Key)> keys)
    {
        foreach (var (eventType, key) in keys)
        {
            AnsiConsole.WriteLine($"  key {key}  {eventType}");
        }
    }
}
