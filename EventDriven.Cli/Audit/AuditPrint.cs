using System.Globalization;
using EventDriven.Cli.Tables;
using EventDriven.Messaging.Operations.Audit;
using EventDriven.Messaging.Operations.Tasks;
using Spectre.Console;

namespace EventDriven.Cli.Audit;

/// <summary>Prints the audit trail for a person or as JSON.</summary>
internal static class AuditPrint
{
    private static readonly Style Bad = new(Color.Red);

    public static void List(IReadOnlyList<AuditEntry> entries, TableRoom room)
    {
        if (entries.Count == 0)
        {
            AnsiConsole.WriteLine("Nothing is recorded.");
            return;
        }

        AnsiConsole.Write(Table(entries, room));
        AnsiConsole.WriteLine($"Head: {AuditHash.Text(entries[^1].Hash)} (entry {entries[^1].Sequence})");
    }

    public static FittedTable Table(IReadOnlyList<AuditEntry> entries, TableRoom room)
    {
        var table = new FittedTable(
            room,
            new Column("Entry", ColumnKind.Number),
            new Column("Time", Importance: 5),
            new Column("Who", Importance: 6),
            new Column("From", Importance: 2),
            new Column("Phase"),
            new Column("Change", ColumnKind.Id, Importance: 1),
            new Column("Command", ColumnKind.Text),
            new Column("Reason", ColumnKind.Text, Importance: 4),
            new Column("Detail", ColumnKind.Text, Importance: 3));
        foreach (var entry in entries)
        {
            var record = entry.Record;
            table.Add(
                $"{entry.Sequence}",
                entry.Time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                record.Operator,
                record.Host,
                record.Phase is AuditPhase.Failed or AuditPhase.Stopped ? new Cell(record.Phase, Bad) : record.Phase,
                $"{record.ChangeId}",
                record.Command,
                record.Reason,
                record.Detail ?? "");
        }

        return table;
    }

    public static void Json(IReadOnlyList<AuditEntry> entries) => JsonOutput.Write<IReadOnlyList<AuditEntryJson>>(
    [
        .. entries.Select(entry => new AuditEntryJson(
            entry.Sequence,
            entry.Record.ChangeId,
            entry.Time,
            entry.Record.Operator,
            entry.Record.Subject,
            entry.Record.Host,
            entry.Address,
            entry.Record.Command,
            entry.Record.Reason,
            entry.Record.Phase,
            entry.Record.Detail,
            AuditHash.Text(entry.PreviousHash),
            AuditHash.Text(entry.Hash))),
    ]);

    public static void Verified(AuditCheck check, bool asJson)
    {
        if (asJson)
        {
            JsonOutput.Write(new AuditCheckJson(
                check.Entries,
                AuditHash.Text(check.Head),
                check.FindsDeletedEnd,
                [.. check.Faults.Select(fault => new AuditFaultJson(fault.Sequence, fault.Description))],
                check.More));
            return;
        }

        foreach (var fault in check.Faults)
        {
            ErrorOutput.Error($"The audit trail is wrong: {fault.Description}", ExitCode.Refused);
        }

        if (check.More > 0)
        {
            ErrorOutput.Error($"The audit trail is wrong in {check.More} more places.", ExitCode.Refused);
        }

        AnsiConsole.WriteLine(
            $"{check.Entries} {(check.Entries == 1 ? "entry is" : "entries are")} right{(check.Faults.Count == 0 ? "" : " before that")}.");
        AnsiConsole.WriteLine($"Head: {AuditHash.Text(check.Head)}");
        if (!check.FindsDeletedEnd)
        {
            AnsiConsole.WriteLine("Entries that were deleted from the end are not found without --head and a hash that was noted earlier.");
        }
    }
}
