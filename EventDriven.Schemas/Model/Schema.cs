using System.Text.Json;

namespace EventDriven.Schemas.Model;

/// <summary>
/// What a schema asserts, without its annotations. A <c>$ref</c> is one more schema of <see cref="AllOf"/>, so a schema is a tree
/// whose parts may be shared.
/// </summary>
internal sealed class Schema
{
    // The first of the static members: the others are made of them.
    private static readonly Dictionary<string, Schema> NoSchemas = [];
    private static readonly Dictionary<string, IReadOnlyList<string>> NoNames = [];

    private string? _key;
    private IReadOnlyList<Schema>? _parts;

    public static Schema True { get; } = new();

    public static Schema False { get; } = new() { IsFalse = true };

    /// <summary>The JSON that it was read from; undefined when it was derived.</summary>
    public JsonElement Source { get; init; }

    /// <summary>Admits nothing.</summary>
    public bool IsFalse { get; init; }

    public JsonTypes Types { get; init; } = JsonTypes.All;

    /// <summary>The values of <c>enum</c> and <c>const</c>; null when any value is admitted.</summary>
    public IReadOnlyList<JsonValue>? Values { get; init; }

    public Bound? Minimum { get; init; }

    public Bound? Maximum { get; init; }

    public ExactNumber? MultipleOf { get; init; }

    public long MinLength { get; init; }

    public long? MaxLength { get; init; }

    public string? Pattern { get; init; }

    public string? Format { get; init; }

    public IReadOnlyList<Schema> PrefixItems { get; init; } = [];

    public Schema? Items { get; init; }

    public ContainsRule? Contains { get; init; }

    public long MinItems { get; init; }

    public long? MaxItems { get; init; }

    public bool UniqueItems { get; init; }

    public Schema? UnevaluatedItems { get; init; }

    public IReadOnlyDictionary<string, Schema> Properties { get; init; } = NoSchemas;

    public IReadOnlyDictionary<string, Schema> PatternProperties { get; init; } = NoSchemas;

    public Schema? AdditionalProperties { get; init; }

    public Schema? UnevaluatedProperties { get; init; }

    public Schema? PropertyNames { get; init; }

    public long MinProperties { get; init; }

    public long? MaxProperties { get; init; }

    public IReadOnlyList<string> Required { get; init; } = [];

    public IReadOnlyDictionary<string, IReadOnlyList<string>> DependentRequired { get; init; } = NoNames;

    public IReadOnlyDictionary<string, Schema> DependentSchemas { get; init; } = NoSchemas;

    public IReadOnlyList<Schema> AllOf { get; init; } = [];

    public IReadOnlyList<Schema> AnyOf { get; init; } = [];

    public IReadOnlyList<Schema> OneOf { get; init; } = [];

    public Schema? Not { get; init; }

    public Conditional? Conditional { get; init; }

    /// <summary>A text that schemas with the same assertions have in common.</summary>
    public string Key => _key ??= SchemaKey.Of(this);

    /// <summary>One schema for each assertion. A value is admitted when all of them admit it.</summary>
    public IReadOnlyList<Schema> Parts => _parts ??= SchemaParts.Of(this);

    public bool IsTrue => Key == True.Key;

    /// <summary>Are properties or items said whose place is in a neighbour, as <c>additionalProperties</c> does?</summary>
    public bool HasObjectShape => Properties.Count > 0 || PatternProperties.Count > 0 || AdditionalProperties is not null;

    public static Schema OfTypes(JsonTypes types) => new() { Types = types };

    public static Schema OfValues(params IReadOnlyList<JsonValue> values) => new() { Values = values };

    public static Schema Negation(Schema schema) => new() { Not = schema };

    /// <summary>Admits everything but objects that have the property.</summary>
    public static Schema Without(string property) => new() { Properties = new Dictionary<string, Schema> { [property] = False } };

    /// <summary>Admits objects that have the property.</summary>
    public static Schema With(string property) => new() { Types = JsonTypes.Object, Required = [property] };
}
