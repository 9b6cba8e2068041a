using EventDriven.Schemas.Model;

namespace EventDriven.Schemas.Shapes;

/// <summary>What the schemas of a conjunction say together, where that can be written as one keyword or a list.</summary>
internal sealed class Shape
{
    public Shape(IReadOnlyCollection<Schema> members)
    {
        foreach (var member in members)
        {
            Types &= member.IsFalse ? JsonTypes.None : member.Types;
            Values = Values is null ? member.Values : member.Values is null ? Values : [.. Values.Intersect(member.Values)];
            Lower = Bound.Lower(Lower, member.Minimum);
            Upper = Bound.Upper(Upper, member.Maximum);
            MinLength = Math.Max(MinLength, member.MinLength);
            MaxLength = Least(MaxLength, member.MaxLength);
            MinItems = Math.Max(MinItems, member.MinItems);
            MaxItems = Least(MaxItems, member.MaxItems);
            UniqueItems |= member.UniqueItems;
            MinProperties = Math.Max(MinProperties, member.MinProperties);
            MaxProperties = Least(MaxProperties, member.MaxProperties);
        }

        Multiples = [.. members.Select(member => member.MultipleOf).OfType<ExactNumber>()];
        Patterns = [.. members.Select(member => member.Pattern).OfType<string>()];
        Formats = [.. members.Select(member => member.Format).OfType<string>()];
        Items = [.. members.SelectMany(Evaluated.ItemShapes)];
        Contains = [.. members.Select(member => member.Contains).OfType<ContainsRule>()];
        Objects = [.. members.SelectMany(Evaluated.ObjectShapes)];
        PropertyNames = [.. members.Select(member => member.PropertyNames).OfType<Schema>()];
        Required = members.SelectMany(member => member.Required).ToHashSet(StringComparer.Ordinal);
        Nots = [.. members.Select(member => member.Not).OfType<Schema>()];
    }

    public JsonTypes Types { get; } = JsonTypes.All;

    public IReadOnlyList<JsonValue>? Values { get; }

    public Bound? Lower { get; }

    public Bound? Upper { get; }

    public IReadOnlyList<ExactNumber> Multiples { get; }

    public long MinLength { get; }

    public long? MaxLength { get; }

    public IReadOnlyList<string> Patterns { get; }

    public IReadOnlyList<string> Formats { get; }

    public IReadOnlyList<ItemShape> Items { get; }

    public IReadOnlyList<ContainsRule> Contains { get; }

    public long MinItems { get; }

    public long? MaxItems { get; }

    public bool UniqueItems { get; }

    public IReadOnlyList<ObjectShape> Objects { get; }

    public IReadOnlyList<Schema> PropertyNames { get; }

    public long MinProperties { get; }

    public long? MaxProperties { get; }

    public IReadOnlySet<string> Required { get; }

    public IReadOnlyList<Schema> Nots { get; }

    /// <summary>The names that are said to be properties.</summary>
    public IEnumerable<string> PropertyNamesSaid => Objects.SelectMany(shape => shape.Properties.Keys).Concat(Required).Distinct();

    /// <summary>The schemas that each item at an index must satisfy.</summary>
    public Conjunction ItemAt(int index) => Conjunction.Of(Items.Select(shape => shape.Of(index)));

    /// <summary>The number of items that have a schema of their own.</summary>
    public int LongestPrefix => Items.Select(shape => shape.Prefix.Count).DefaultIfEmpty(0).Max();

    private static long? Least(long? first, long? second) =>
        first is null ? second : second is null ? first : Math.Min(first.Value, second.Value);
}
