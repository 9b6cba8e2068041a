using System.Text.Json.Nodes;
using EventDriven.Schemas;

namespace EventDriven.Messaging.Contracts.Gate;

/// <summary>An incompatible change between a released version and the record.</summary>
/// <param name="Rule">Name of the rule that it breaks.</param>
/// <param name="Path">Where, as a JSON pointer.</param>
/// <param name="Old">The released fragment.</param>
/// <param name="New">The fragment now.</param>
/// <param name="Breaks">Whom it breaks.</param>
/// <param name="Version">The released version.</param>
internal sealed record SchemaChange(string Rule, string Path, string Old, string New, string Breaks, string Version)
{
    private const int MaxFragment = 160;

    /// <summary>The changes that break a reader of either schema.</summary>
    public static IEnumerable<SchemaChange> Between(JsonNode released, JsonNode current, string version) =>
        SchemaCompatibility.Compare(Document(released, version), Document(current, "the record"))
            .Where(difference => difference.BreaksBackward || difference.BreaksForward)
            .Select(difference => new SchemaChange(
                difference.Rule, difference.Path, Short(difference.Old), Short(difference.Updated), Broken(difference), version));

    /// <summary>The parts of what a producer writes that a consumer's record does not admit.</summary>
    public static IEnumerable<SchemaChange> Unreadable(JsonNode written, JsonNode read, string version) =>
        SchemaCompatibility.Compare(Document(written, version), Document(read, "the consumer's record"))
            .Where(difference => difference.BreaksBackward)
            .Select(difference => new SchemaChange(
                difference.Rule, difference.Path, Short(difference.Old), Short(difference.Updated), "the consumer", version));

    private static SchemaDocument Document(JsonNode schema, string name) =>
        SchemaDocument.Parse(System.Text.Encoding.UTF8.GetBytes(schema.ToJsonString()), name);

    private static string Broken(SchemaDifference difference) => (difference.BreaksForward, difference.BreaksBackward) switch
    {
        (true, false) => "consumers of today",
        (false, true) => "who reads older events",
        _ => "consumers of today and who reads older events",
    };

    private static string Short(string? fragment) => fragment switch
    {
        null or "" => "absent",
        { Length: > MaxFragment } => string.Concat(fragment.AsSpan(0, MaxFragment), "…"),
        _ => fragment,
    };
}
