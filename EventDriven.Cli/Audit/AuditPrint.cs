using System.Globalization;
using System.Text.Json.Nodes;
using EventDriven.Cli.Audit.Trail;
using EventDriven.Messaging.Operations.Audit;
using EventDriven.Cli.Tables;
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

    public static void Json(IReadOnlyList<AuditEntry> entries) => JsonOutput.Write(JsonOutput.Array(entries, entry => new JsonObject
    {
        ["entry"] = entry.Sequence,
        ["change"] = $"{entry.Record.ChangeId}",
        ["time"] = entry.Time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        ["operator"] = entry.Record.Operator,
        ["subject"] = entry.Record.Subject,
        ["host"] = entry.Record.Host,
        ["address"] = entry.Address,
        ["command"] = entry.Record.Command,
        ["reason"] = entry.Record.Reason,
        ["phase"] = entry.Record.Phase,
        ["detail"] = entry.Record.Detail,
        ["previousHash"] = AuditHash.Text(entry.PreviousHash),
        ["hash"] = AuditHash.Text(entry.Hash),
    }));

    public static void Verified(AuditCheck check, bool asJson)
    {
        if (asJson)
        {
            JsonOutput.Write(new JsonObject
            {
                ["entries"] = check.Entries,
                ["head"] = AuditHash.Text(check.Head),
                ["findsDeletedEnd"] = check.FindsDeletedEnd,
                ["faults"] = JsonOutput.Array(check.Faults, fault => new JsonObject
                {
                    ["entry"] = fault.Sequence,
                    ["why"] = fault.Description,
                }),
                ["moreFaults"] = check.More,
            });
            return;
        }

        foreach (var fault in check.Faults)
        {
            ErrorOutput.Error($"The audit trail is wrong: {fault.Description}");
        }

        if (check.More > 0)
        {
            ErrorOutput.Error($"The audit trail is wrong in {check.More} more places.");
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
