using EventDriven.Messaging.Contracts.Files;
using EventDriven.Messaging.Contracts.Model;
using EventDriven.Schemas;

namespace EventDriven.Messaging.Contracts.Pages;

/// <summary>The versions of an event, the latest first, with what each has changed.</summary>
internal static class VersionList
{
    public static Html Of(EventContract contract, ContractFolder folder, string output)
    {
        var versions = folder.Of(contract.Type);
        return versions.Count == 0
            ? Html.Of($"<p>No version is written down yet.</p>")
            : Html.Of(
                $"""
                <ul class="versions">
                {versions.Select((version, i) => Item(version, i == 0 ? null : versions[i - 1], output)).Reverse()}</ul>
                """);
    }

    private static Html Item(ContractVersion version, ContractVersion? before, string output) => Html.Of(
        $"""
        <li><a href="{version.RelativeTo(output)}">{version.Name}</a>: {(
            before is null ? Html.Of($"the first version") : Differences(before, version))}</li>

        """);

    private static Html Differences(ContractVersion before, ContractVersion version)
    {
        var (old, updated) = (Fields(before), Fields(version));
        Html[] told =
        [
            .. updated.Except(old, StringComparer.Ordinal).Select(path => Html.Of($"<li>added <code>{path}</code></li>")),
            .. old.Except(updated, StringComparer.Ordinal).Select(path => Html.Of($"<li>removed <code>{path}</code></li>")),
            .. SchemaCompatibility.Compare(Document(before), Document(version))
                .Select(difference => Html.Of($"<li>{difference.Message} <small>{difference.Rule}, {Effect(difference)}</small></li>")),
        ];
        return told.Length == 0 ? Html.Of($"only words have changed") : Html.Of($"<ul>{told}</ul>");
    }

    private static string Effect(SchemaDifference difference) => (difference.BreaksBackward, difference.BreaksForward) switch
    {
        (false, false) => "breaks nobody",
        (true, false) => "breaks who reads older events",
        (false, true) => "breaks consumers of the older version",
        (true, true) => "breaks consumers of the older version and who reads older events",
    };

    private static List<string> Fields(ContractVersion version) =>
        [.. FieldPath.Fields(version.Schema).Select(field => field.Path)];

    private static SchemaDocument Document(ContractVersion version) => SchemaDocument.Parse(version.Read(), version.Name);
}
