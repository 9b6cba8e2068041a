using EventDriven.Messaging.Contracts.Assemblies;
using EventDriven.Messaging.Contracts.Files;
using EventDriven.Messaging.Contracts.Model;

namespace EventDriven.Messaging.Contracts.Gate;

/// <summary>
/// Holds every contract, as compiled, against its released versions and against what compiled consumers read (law L7). A change that would
/// break a consumer, or a reader of the log, is an error where the producer's record is declared.
/// </summary>
/// <param name="landscape">The solution as compiled.</param>
/// <param name="folder">Its released contracts.</param>
/// <param name="root">Root of the solution: paths in messages are relative to it.</param>
internal sealed class ContractGate(Landscape landscape, ContractFolder folder, string root)
{
    /// <summary>Everything that is to be said, errors and warnings.</summary>
    public IReadOnlyList<Finding> Check() =>
    [
        .. ReleasedFiles.Changed(folder).Select(Edited),
        .. landscape.Contracts.SelectMany(Check),
        .. folder.Versions.Where(version => version.IsShipped).GroupBy(version => version.Type, StringComparer.Ordinal)
            .Where(versions => landscape.Contracts.All(contract => contract.Type != versions.Key))
            .SelectMany(versions => Gone(versions.Last())),
        .. landscape.Consumers.Where(consumed => landscape.Contracts.All(contract => contract.Type != consumed.Type)).Select(Unknown),
    ];

    private IEnumerable<Finding> Check(EventContract contract)
    {
        var versions = folder.Of(contract.Type);
        var shipped = versions.Where(version => version.IsShipped).ToList();
        var removed = RemovedFields.Of(contract, shipped);
        var changes = shipped
            .SelectMany(version => SchemaChange.Between(removed.Without(version), contract.Schema, version.Name))
            .DistinctBy(change => (change.Rule, change.Path))
            .ToList();
        var findings = removed.Fields.Select(field => Removed(contract, field))
            .Concat(changes.Select(change => Incompatible(contract, change)))
            .OfType<Finding>()
            .Concat(landscape.ConsumersOf(contract.Type).SelectMany(consumed => ConsumerCheck.Of(consumed, contract, shipped)))
            .ToList();
        var isWritten = versions.Count > 0 && ContractFolder.IsSame(versions[^1], contract.Schema);
        return isWritten || findings.Exists(finding => finding.IsError) ? findings : [.. findings, NotWritten(contract, versions)];
    }

    private Finding Incompatible(EventContract contract, SchemaChange change)
    {
        var field = FieldPath.OfPointer(change.Path);
        return new Finding(
            IsError: true,
            "EDC001",
            contract.Locate(field),
            $"{contract.Type}: {(field.Length == 0 ? "the event" : $"field '{field}'")} breaks {change.Breaks} ({change.Rule}). It was "
            + $"{change.Old} in {change.Version} and is {change.New} now. {Readers(contract.Type, field)} "
            + "Take the change back, add a new optional field beside it, or begin a new major version: "
            + $"{folder.CommandLine("new-major")} {contract.Topic}");
    }

    // Nobody reads it, and whoever may read it elsewhere was told by a release before.
    private Finding? Removed(EventContract contract, RemovedField field)
    {
        var isRead = landscape.ConsumersOf(contract.Type).SelectMany(consumed => consumed.Reading(field.Path)).Any();
        return (isRead, field.IsDeprecated) switch
        {
            (false, true) => null,
            (false, false) => new Finding(
                IsError: true,
                "EDC002",
                contract.Locate(field.Path),
                $"{contract.Type}: field '{field.Path}' is gone, which was {field.Fragment} in {field.Version} "
                + "(PROPERTY_REMOVED_FROM_OPEN_CONTENT_MODEL). Nobody in this solution reads it, but nobody was warned either: put it back "
                + "with [Obsolete], add and release that, and remove it then."),
            (true, _) => new Finding(
                IsError: true,
                "EDC001",
                contract.Locate(field.Path),
                $"{contract.Type}: field '{field.Path}' is gone, which was {field.Fragment} in {field.Version} "
                + $"(PROPERTY_REMOVED_FROM_OPEN_CONTENT_MODEL). {Readers(contract.Type, field.Path)} Put it back, or begin a new major "
                + $"version: {folder.CommandLine("new-major")} {contract.Topic}"),
        };
    }

    private Finding NotWritten(EventContract contract, IReadOnlyList<ContractVersion> versions) => new(
        IsError: false,
        "EDC003",
        contract.At,
        versions.Count == 0
            ? $"{contract.Type} has no contract file yet. Run: {folder.CommandLine("add")}"
            : $"{contract.Type} has changed in a compatible way since {versions[^1].Name}. Run: {folder.CommandLine("add")}");

    private Finding Edited(string file) => new(
        IsError: true,
        "EDC004",
        new SourceLocation(Path.Combine(folder.Root, file), 1, 1),
        $"{file} was edited, removed or added by hand. A released contract never changes: restore it from version control. "
        + $"Only this makes released files: {folder.CommandLine("release")}");

    private IEnumerable<Finding> Gone(ContractVersion version)
    {
        var isDeprecated = version.Schema["deprecated"]?.GetValue<bool>() ?? false;
        if (isDeprecated && !landscape.ConsumersOf(version.Type).Any())
        {
            yield break;
        }

        yield return new Finding(
            IsError: true,
            "EDC007",
            new SourceLocation(version.Path, 1, 1),
            $"{version.Type} was released, and no published record bears it any more. {Readers(version.Type, "")} "
            + "Publish it again with [Obsolete] on its record, add and release that, and stop publishing it then, once nobody reads it.");
    }

    private static Finding Unknown(ConsumedEvent consumed) => new(
        IsError: false,
        "EDC008",
        consumed.At,
        $"{consumed.Service} reads {consumed.Type}, which has no contract in this solution: correct the name, or add the contract's "
        + "assembly.");

    private string Readers(string type, string field)
    {
        var readers = landscape.ConsumersOf(type)
            .SelectMany(consumed => field.Length == 0
                ? [$"{consumed.Service} ({consumed.Record}, {consumed.At.In(root)})"]
                : consumed.Reading(field).Select(member => $"{consumed.Service} ({member.Name}, {member.At.In(root)})"))
            .ToList();
        return readers.Count == 0 ? "Nobody in this solution reads it." : $"Read by {string.Join(", ", readers)}.";
    }
}
