using EventDriven.Messaging.Operations.Reconciliation;
using Spectre.Console;

namespace EventDriven.Cli.Reconciliation;

/// <summary>Prints the differences between a read model and the log, and what to do about them.</summary>
internal static class ReadModelPrint
{
    public static void Wrong(GroupReport group, ReadModelReport model)
    {
        if (model.WithoutRow > 0)
        {
            AnsiConsole.MarkupLineInterpolated(
                $"[red]{group.Group}: {model.WithoutRow} handled event(s) have no row in the read model[/], the first ones:");
            List(model.FirstWithoutRow);
            AnsiConsole.WriteLine(group.CanBeRebuilt
                ? $"  Next: ./eventdriven rebuild --service {group.Group} creates the rows again. Find out who deleted them."
                : "  Next: find out who deleted the rows. The inbox records the events as handled, so a replay "
                    + "does not create the rows again.");
        }

        if (model.WithoutEvent > 0)
        {
            AnsiConsole.MarkupLineInterpolated(
                $"[red]{group.Group}: {model.WithoutEvent} key(s) of the read model have no event on the log[/], the first ones:");
            List(model.FirstWithoutEvent);
            AnsiConsole.WriteLine(
                "  Next: keep these rows, because nothing can create them again. They come from another log, from a topic that was created "
                + "again, or from a hand in the tables. See docs/operations.md, \"Was anything lost?\".");
        }
    }

    public static IEnumerable<string> Notes(GroupReport group)
    {
        foreach (var log in group.LeftOut.GroupBy(log => (log.Cluster, log.LeftOutAt)))
        {
            yield return $"{group.Group} was rebuilt at {ReconcilePrint.Time(log.Key.LeftOutAt)} without "
                + $"{string.Join(", ", log.Select(l => l.Topic).Distinct())} of the log '{log.Key.Cluster}'. "
                + "Events that stood only there are no longer in its read model.";
        }

        foreach (var topic in group.ReadModel?.NotCompared ?? [])
        {
            yield return $"A partition of {topic} was emptied, or lost records while it was read. "
                + $"Rows of {group.Group} without an event there can't be found.";
        }
    }

    public static IReadOnlyList<EventKeyJson> Json(IReadOnlyList<EventKey>? keys) =>
        [.. (keys ?? []).Select(key => new EventKeyJson(key.EventType, key.Key))];

    private static void List(IReadOnlyList<EventKey> keys)
    {
        foreach (var (eventType, key) in keys)
        {
            AnsiConsole.WriteLine($"  key {key}  {eventType}");
        }
    }
}
