using System.Text.Json.Nodes;
using EventDriven.Messaging.Contracts.Files;
using EventDriven.Messaging.Contracts.Model;
using EventDriven.Messaging.Contracts.Schemas;

namespace EventDriven.Messaging.Contracts.Gate;

/// <summary>
/// Holds a consumer's record against what the producer writes and has written: the log keeps events of every released version.
/// </summary>
internal static class ConsumerCheck
{
    /// <summary>What the consumer can't read, and what it reads that no version has.</summary>
    public static IEnumerable<Finding> Of(ConsumedEvent consumed, EventContract contract, IReadOnlyList<ContractVersion> shipped)
    {
        List<(string Version, JsonObject Schema)> written =
            [.. shipped.Select(version => (version.Name, version.Schema)), ("its record", contract.Schema)];
        var known = written.SelectMany(version => FieldPath.Fields(version.Schema)).Select(field => field.Path)
            .ToHashSet(StringComparer.Ordinal);
        var unknown = consumed.Members.Where(member => !known.Contains(member.Path)).ToList();
        var unreadable = written
            .SelectMany(version => SchemaChange.Unreadable(version.Schema, consumed.Schema, version.Version))
            .DistinctBy(change => (change.Rule, change.Path));
        return unreadable.Select(change => Unreadable(consumed, change))
            .Concat(unknown.Select(member => Unknown(consumed, member)))
            .Concat(NotOpened(consumed, contract).Select(member => Sealed(consumed, member)));
    }

    private static IEnumerable<RecordMember> NotOpened(ConsumedEvent consumed, EventContract contract)
    {
        var (written, opened) = (Personal(contract.Schema), Personal(consumed.Schema));
        return consumed.Members.Where(member => written.Contains(member.Path) && !opened.Contains(member.Path));
    }

    private static HashSet<string> Personal(JsonObject schema) =>
    [
        .. FieldPath.Fields(schema).Where(field => field.Schema.ContainsKey(RecordSchema.PersonalData)).Select(field => field.Path),
    ];

    private static Finding Sealed(ConsumedEvent consumed, RecordMember member) => new(
        IsError: true,
        "EDC010",
        member.At,
        $"{consumed.Service} reads '{member.Path}' ({member.Name}) of {consumed.Type}, which is personal data, without opening it: it "
        + "would get sealed text. Mark it [PersonalData], and [DataSubject] the member that names the person.");

    private static Finding Unreadable(ConsumedEvent consumed, SchemaChange change)
    {
        var field = FieldPath.OfPointer(change.Path);
        return new Finding(
            IsError: true,
            "EDC005",
            consumed.Reading(field).FirstOrDefault()?.At ?? consumed.At,
            $"{consumed.Service} can't read every {consumed.Type}: '{field}' is {change.Old} in {change.Version}, and "
            + $"{consumed.Record} admits {change.New} ({change.Rule}). Let the record admit what the producer writes.");
    }

    private static Finding Unknown(ConsumedEvent consumed, RecordMember member) => new(
        IsError: false,
        "EDC006",
        member.At,
        $"{consumed.Service} reads '{member.Path}' ({member.Name}), which no version of {consumed.Type} has: correct the name, or remove "
        + "it.");
}
