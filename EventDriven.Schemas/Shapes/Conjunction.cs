using EventDriven.Schemas.Model;

namespace EventDriven.Schemas.Shapes;

/// <summary>The values that a set of schemas admits together. An <c>allOf</c> is the same as its branches.</summary>
internal sealed class Conjunction
{
    private readonly SortedDictionary<string, Schema> _members = new(StringComparer.Ordinal);
    private HashSet<string>? _known;
    private Shape? _shape;

    private Conjunction(IEnumerable<Schema> schemas)
    {
        foreach (var schema in schemas)
        {
            Add(schema);
        }

        Key = string.Concat(_members.Keys);
    }

    /// <summary>A text that equal conjunctions have in common.</summary>
    public string Key { get; }

    public IReadOnlyCollection<Schema> Members => _members.Values;

    /// <summary>What the schemas say together.</summary>
    public Shape Shape => _shape ??= new Shape(Members);

    public static Conjunction Of(params IEnumerable<Schema> schemas) => new(schemas);

    /// <summary>The values of this conjunction that further schemas admit too.</summary>
    public Conjunction With(params IEnumerable<Schema> schemas) => new(_members.Values.Concat(schemas));

    /// <summary>Is a schema one of the set?</summary>
    public bool Has(Schema schema) => schema.IsTrue || _members.ContainsKey(schema.Key);

    /// <summary>Is a schema, or each of its values' assertions, said here word for word?</summary>
    public bool Says(Schema schema)
    {
        _known ??= [.. _members.Keys, .. _members.Values.SelectMany(member => member.Parts).Select(part => part.Key)];
        return schema.IsTrue || _known.Contains(schema.Key);
    }

    private void Add(Schema schema)
    {
        if (!schema.IsTrue && _members.TryAdd(schema.Key, schema))
        {
            foreach (var branch in schema.AllOf)
            {
                Add(branch);
            }

            // Twice "not" is nothing.
            if (schema.Not is { Not: { } twice } not && not.Key == Schema.Negation(twice).Key)
            {
                Add(twice);
            }
        }
    }
}
