using System.Globalization;
using EventDriven.Cli.Tables;
using EventDriven.Messaging.Operations.Outbox;
using Spectre.Console;

namespace EventDriven.Cli.Outbox;

/// <summary>Prints outboxes for a person or as JSON.</summary>
internal static class OutboxPrint
{
    public static void List(IReadOnlyList<DatabaseOutbox> outboxes, DateTimeOffset now, bool asJson, TableRoom room)
    {
        if (asJson)
        {
            JsonOutput.Write<IReadOnlyList<OutboxJson>>([.. outboxes.Select(outbox => Json(outbox, now))]);
            return;
        }

        foreach (var outbox in outboxes)
        {
            var summary = outbox.Backlog.OldestAt is { } oldest
                ? $"{outbox.Backlog.Pending} wait, the oldest for {Age(oldest, now)} s"
                : "nothing waits";
            AnsiConsole.MarkupLineInterpolated($"[bold]{outbox.Database}[/]: {summary}");
            if (outbox.First.Count > 0)
            {
                AnsiConsole.Write(Table(outbox.First, now, room));
            }
        }
    }

    public static FittedTable Table(IReadOnlyList<WaitingOutboxMessage> messages, DateTimeOffset now, TableRoom room)
    {
        var table = new FittedTable(
            room,
            new Column("Sequence", ColumnKind.Number),
            new Column("Bucket", ColumnKind.Number, Importance: 1),
            new Column("Topic", Importance: 2),
            new Column("Key", ColumnKind.Id, Importance: 4),
            new Column("Type", ColumnKind.Type, Importance: 3),
            new Column("Age (s)", ColumnKind.Number));
        foreach (var message in messages)
        {
            table.Add($"{message.Sequence}", $"{message.Bucket}", message.Topic, message.Key, message.Type, Age(message.Time, now));
        }

        return table;
    }

    private static OutboxJson Json(DatabaseOutbox outbox, DateTimeOffset now) => new(
        outbox.Database,
        outbox.Backlog.Pending,
        outbox.Backlog.SecondsAt(now),
        [
            .. outbox.First.Select(message => new OutboxMessageJson(
                message.Sequence, message.Bucket, message.Topic, message.Key, message.Type, message.EventId, message.Time)),
        ]);

    private static string Age(DateTimeOffset since, DateTimeOffset now) =>
        Math.Max(0, (now - since).TotalSeconds).ToString("0.0", CultureInfo.InvariantCulture);
}
