using System.Text.Json;
using EventDriven.Schemas.Model;
using EventDriven.Schemas.Shapes;

namespace EventDriven.Schemas.Rules;

/// <summary>The old and the updated schema at a place.</summary>
/// <param name="Old">The schema of the old document.</param>
/// <param name="Updated">The schema of the updated document.</param>
/// <param name="Path">Where they are; a <c>$ref</c> is no step of it.</param>
/// <param name="Possible">What a difference here can break at all.</param>
internal sealed record SchemaPair(Schema Old, Schema Updated, string Path, Breaks Possible)
{
    public Conjunction OldValues { get; } = Conjunction.Of(Old);

    public Conjunction UpdatedValues { get; } = Conjunction.Of(Updated);

    /// <summary>The pair of two subschemas.</summary>
    public SchemaPair Child(Schema old, Schema updated, params ReadOnlySpan<string> tokens)
    {
        var path = Path;
        foreach (var token in tokens)
        {
            path = JsonPointer.Append(path, token);
        }

        return new SchemaPair(old, updated, path, Possible);
    }

    public JsonElement OldKeyword(string keyword) => Keyword(Old, keyword);

    public JsonElement UpdatedKeyword(string keyword) => Keyword(Updated, keyword);

    /// <summary>The first of some keywords that one of the schemas has.</summary>
    public string Spelling(params ReadOnlySpan<string> keywords)
    {
        foreach (var keyword in keywords)
        {
            if (OldKeyword(keyword).ValueKind != JsonValueKind.Undefined || UpdatedKeyword(keyword).ValueKind != JsonValueKind.Undefined)
            {
                return keyword;
            }
        }

        return keywords[0];
    }

    private static JsonElement Keyword(Schema schema, string keyword) =>
        schema.Source.ValueKind == JsonValueKind.Object && schema.Source.TryGetProperty(keyword, out var element) ? element : default;
}
