using System.Text.Json;
using EventDriven.Schemas.Model;

namespace EventDriven.Schemas.Reading;

/// <summary>Finds what a <c>$ref</c> names: a JSON pointer, an anchor, or a resource with an <c>$id</c>, all within the document.</summary>
internal sealed class SchemaReferences
{
    // What looks like a schema in these is data.
    private static readonly string[] Data = ["const", "enum", "default", "examples", "example"];

    private readonly Dictionary<string, SchemaLocation> _resources = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Resource, string Anchor), SchemaLocation> _anchors = [];

    public SchemaReferences(SchemaLocation root)
    {
        _resources.TryAdd("", root);
        _resources.TryAdd(root.Resource, root);
        Index(root);
    }

    /// <exception cref="SchemaProblemException">It names nothing in this document.</exception>
    public SchemaLocation Resolve(string reference, SchemaLocation from)
    {
        var hash = reference.IndexOf('#', StringComparison.Ordinal);
        var uri = hash < 0 ? reference : reference[..hash];
        var fragment = hash < 0 ? "" : Uri.UnescapeDataString(reference[(hash + 1)..]);
        if (!_resources.TryGetValue(uri.Length == 0 ? from.Resource : ResourceUri.Resolve(from.Resource, uri), out var resource))
        {
            throw SchemaProblemException.At(
                from.Pointer,
                $"The $ref \"{reference}\" leads out of the document. Copy what it names into \"$defs\" and refer to it there.");
        }

        return fragment switch
        {
            "" => resource,
            ['/', ..] => Descend(resource, fragment) ?? throw NotFound(reference, from),
            _ => _anchors.TryGetValue((resource.Resource, fragment), out var anchored) ? anchored : throw NotFound(reference, from),
        };
    }

    private static SchemaProblemException NotFound(string reference, SchemaLocation from) => SchemaProblemException.At(
        from.Pointer, $"The $ref \"{reference}\" names nothing in this document. Correct it or add what it names.");

    private static SchemaLocation? Descend(SchemaLocation location, string pointer)
    {
        foreach (var token in JsonPointer.Tokens(pointer))
        {
            if (Child(location.Element, token) is not { } child)
            {
                return null;
            }

            location = location.Child(token, child);
        }

        return location;
    }

    private static JsonElement? Child(JsonElement element, string token) => element.ValueKind switch
    {
        JsonValueKind.Object when element.TryGetProperty(token, out var child) => child,
        JsonValueKind.Array when int.TryParse(token, out var index) && index >= 0 && index < element.GetArrayLength() => element[index],
        _ => null,
    };

    private void Index(SchemaLocation location)
    {
        if (location.Element.ValueKind == JsonValueKind.Array)
        {
            foreach (var (index, item) in location.Element.EnumerateArray().Index())
            {
                Index(location.Child($"{index}", item));
            }
        }

        if (location.Element.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        _resources.TryAdd(location.Resource, location);
        foreach (var property in location.Element.EnumerateObject().Where(property => !Data.Contains(property.Name)))
        {
            if (Anchor(property) is { } anchor && !_anchors.TryAdd((location.Resource, anchor), location))
            {
                throw SchemaProblemException.At(location.Pointer, $"The anchor \"{anchor}\" is there more than once. Rename one.");
            }

            Index(location.Child(property.Name, property.Value));
        }
    }

    private static string? Anchor(JsonProperty property) => property switch
    {
        { Value.ValueKind: not JsonValueKind.String } => null,
        { Name: "$anchor" or "$dynamicAnchor" } => property.Value.GetString(),
        { Name: "$id" } when property.Value.GetString() is ['#', .. { Length: > 0 } anchor] => anchor,
        _ => null,
    };
}
