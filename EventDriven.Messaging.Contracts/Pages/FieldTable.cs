using System.Text.Json.Nodes;
using EventDriven.Messaging.Contracts.Model;

namespace EventDriven.Messaging.Contracts.Pages;

/// <summary>The fields of an event: what each means, what it admits, and who reads it.</summary>
internal static class FieldTable
{
    public static Html Of(EventContract contract, Landscape landscape) => Html.Of(
        $"""
        <table>
        <thead><tr><th>Field</th><th>Value</th><th>Meaning</th><th>Read by</th></tr></thead>
        <tbody>
        {FieldPath.Fields(contract.Schema).Select(field => Row(field, landscape.ReadersOf(contract.Type, field.Path)))}</tbody>
        </table>
        """);

    private static Html Row(SchemaField field, IEnumerable<(string Service, RecordMember Member)> readers) => Html.Of(
        $"""
        <tr><td><code>{field.Path}</code>{Marks(field.Schema)}</td>
        <td>{ValueWords.Of(field.Schema)}<br><small>{(field.IsRequired ? "required" : "optional")}</small></td>
        <td>{(string?)field.Schema["description"]}</td><td>{Readers(readers)}</td></tr>

        """);

    private static IEnumerable<Html> Marks(JsonObject schema)
    {
        if (schema.ContainsKey("x-personal-data"))
        {
            yield return Html.Of($" <mark>personal data</mark>");
        }

        if ((bool?)schema["deprecated"] ?? false)
        {
            yield return Html.Of($" <mark>deprecated</mark>");
        }
    }

    private static Html Readers(IEnumerable<(string Service, RecordMember Member)> readers) => Html.Of(
        $"{readers.Select(reader => Html.Of($"<div><b>{reader.Service}</b> <code>{reader.Member.Name}</code></div>"))
            .DefaultIfEmpty(Html.Of($"<i>nobody here</i>"))}");
}
