using EventDriven.Schemas.Model;
using EventDriven.Schemas.Reading;

namespace EventDriven.Schemas;

/// <summary>A JSON Schema of draft 2020-12 that was read from one document. It never reads another one.</summary>
public sealed class SchemaDocument
{
    /// <summary>The longest document that is read, in bytes (4 MiB).</summary>
    public const int MaximumBytes = SchemaLimits.Bytes;

    /// <summary>The deepest nesting of JSON objects and arrays.</summary>
    public const int MaximumJsonDepth = SchemaLimits.JsonDepth;

    /// <summary>The deepest nesting of schemas, where a <c>$ref</c> counts as a level.</summary>
    public const int MaximumSchemaDepth = SchemaLimits.SchemaDepth;

    private SchemaDocument(string name, Schema root)
    {
        Name = name;
        Root = root;
    }

    /// <summary>What messages call the document: the name of its file, for example.</summary>
    public string Name { get; }

    internal Schema Root { get; }

    /// <summary>Reads a schema.</summary>
    /// <param name="utf8Json">The document, as UTF-8; a byte order mark is skipped.</param>
    /// <param name="name">What messages call the document.</param>
    /// <exception cref="SchemaFormatException">
    /// The document is not JSON, not a schema, beyond the limits, refers to something outside of itself, or contains itself.
    /// </exception>
    public static SchemaDocument Parse(ReadOnlyMemory<byte> utf8Json, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        try
        {
            return new SchemaDocument(name, SchemaReader.Read(utf8Json));
        }
        catch (SchemaProblemException problem)
        {
            throw new SchemaFormatException($"{name}: {problem.Message}", problem);
        }
    }
}
