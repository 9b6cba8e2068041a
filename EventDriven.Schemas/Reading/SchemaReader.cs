using System.Text.Json;
using EventDriven.Schemas.Model;

namespace EventDriven.Schemas.Reading;

/// <summary>Reads a document into a <see cref="Schema"/>, follows each <c>$ref</c>, and refuses a schema that contains itself.</summary>
internal sealed class SchemaReader
{
    private readonly SchemaReferences _references;
    private readonly Dictionary<string, (Schema Schema, int Height)> _read = new(StringComparer.Ordinal);
    private readonly List<string> _open = [];
    private int _height;

    private SchemaReader(SchemaReferences references) => _references = references;

    /// <exception cref="SchemaProblemException">It is not a schema that can be read.</exception>
    public static Schema Read(ReadOnlyMemory<byte> utf8Json)
    {
        var json = SchemaJson.Read(utf8Json);
        var root = new SchemaLocation("", json, ResourceUri.Of(json, ""));
        return new SchemaReader(new SchemaReferences(root)).Read(root);
    }

    private Schema Read(SchemaLocation location)
    {
        if (_read.TryGetValue(location.Pointer, out var known))
        {
            _height = Math.Max(_height, known.Height);
            RequireDepth(location, _open.Count + known.Height);
            return known.Schema;
        }

        if (_open.Contains(location.Pointer, StringComparer.Ordinal))
        {
            throw SchemaProblemException.At(
                _open[^1],
                $"The $ref leads back to #{location.Pointer}, so the schema contains itself. An event is a tree of a known depth. "
                + "Write the levels out, or carry the inner part as a string.");
        }

        RequireDepth(location, _open.Count + 1);
        _open.Add(location.Pointer);
        var outer = _height;
        _height = 0;
        var schema = ReadElement(location);
        var height = _height + 1;
        _height = Math.Max(outer, height);
        _open.RemoveAt(_open.Count - 1);
        _read.Add(location.Pointer, (schema, height));
        return schema;
    }

    private static void RequireDepth(SchemaLocation location, int depth)
    {
        if (depth > SchemaLimits.SchemaDepth)
        {
            throw SchemaProblemException.At(
                location.Pointer,
                $"The schemas are nested more than {SchemaLimits.SchemaDepth} levels deep, where each $ref is a level. Flatten them.");
        }
    }

    private Schema ReadElement(SchemaLocation location) => location.Element.ValueKind switch
    {
        JsonValueKind.True => new Schema { Source = location.Element },
        JsonValueKind.False => new Schema { Source = location.Element, IsFalse = true },
        JsonValueKind.Object => ReadObject(location),
        _ => throw SchemaProblemException.At(
            location.Pointer,
            $"A schema is an object, true or false, not {Article(location.Element.ValueKind)}. Write {{ }} to admit anything."),
    };

    private static string Article(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.Null => "null",
        _ => $"a {kind.ToString().ToLowerInvariant()}",
    };

    private Schema ReadObject(SchemaLocation location)
    {
        var keywords = new KeywordReader(location, Read);
        foreach (var unsupported in (string[])["$dynamicRef", "$recursiveRef"])
        {
            if (keywords.Has(unsupported))
            {
                throw SchemaProblemException.At(
                    JsonPointer.Append(location.Pointer, unsupported), $"{unsupported} is not supported. Use $ref.");
            }
        }

        // Definitions are read even where nothing refers to them: a mistake in them is a mistake.
        keywords.SchemaMap("$defs");
        keywords.SchemaMap("definitions");
        var referred = keywords.Text("$ref") is { } reference ? Read(_references.Resolve(reference, location)) : null;
        return SchemaSimplification.Simplify(SchemaKeywords.Read(keywords, referred));
    }
}
