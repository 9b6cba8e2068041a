using EventDriven.Schemas.Model;
using EventDriven.Schemas.Shapes;

namespace EventDriven.Schemas.Containment;

/// <summary>Which values are left of a conjunction: none, a few that can be listed, or those of some types.</summary>
internal sealed class Emptiness(ContainmentCheck check)
{
    private const int MostIntegers = 64;

    private readonly Dictionary<string, bool> _empty = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonTypes> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<JsonValue>?> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    /// <summary>Does a conjunction surely admit nothing?</summary>
    public bool IsEmpty(Conjunction left)
    {
        if (_empty.TryGetValue(left.Key, out var empty))
        {
            return empty;
        }

        // While it is being found out, it is not known.
        if (!_open.Add(left.Key))
        {
            return false;
        }

        empty = check.Step(left) && Decide(left);
        _open.Remove(left.Key);
        _empty[left.Key] = empty;
        return empty;
    }

    /// <summary>The types of the values that are left.</summary>
    public JsonTypes TypesOf(Conjunction left)
    {
        if (!_types.TryGetValue(left.Key, out var types))
        {
            types = ValuesOf(left) is { } values
                ? values.Aggregate(JsonTypes.None, (all, value) => all | value.Type)
                : JsonTypeNames.Single.Where(type => !IsEmpty(left, type)).Aggregate(JsonTypes.None, (all, type) => all | type);
            _types[left.Key] = types;
        }

        return types;
    }

    /// <summary>All values that are left, when they can be listed.</summary>
    public IReadOnlyList<JsonValue>? ValuesOf(Conjunction left)
    {
        if (!_values.TryGetValue(left.Key, out var values))
        {
            values = Candidates(left.Shape)?
                .Where(value => left.Members.All(member => check.Validation.IsValid(member, value.Element) != false)).ToList();
            _values[left.Key] = values;
        }

        return values;
    }

    private bool Decide(Conjunction left) =>
        TypesOf(left) == JsonTypes.None
        || left.Shape.Nots.Any(not => check.IsContained(left, not, Tolerance.None))
        || check.Choices.Of(left).Any(pieces => pieces.All(IsEmpty));

    private static List<JsonValue>? Candidates(Shape shape)
    {
        if (shape.Values is { } values)
        {
            return [.. values.Where(value => (shape.Types & value.Type) != JsonTypes.None)];
        }

        var candidates = new List<JsonValue>();
        foreach (var type in JsonTypeNames.Single.Where(type => shape.Types.HasFlag(type)))
        {
            if (Candidates(shape, type) is not { } some)
            {
                return null;
            }

            candidates.AddRange(some.Select(JsonValue.Parse));
        }

        return candidates;
    }

    private static IEnumerable<string>? Candidates(Shape shape, JsonTypes type) => type switch
    {
        JsonTypes.Null => ["null"],
        JsonTypes.Boolean => ["false", "true"],
        JsonTypes.Integer => NumberRange.Of(shape, type).Integers(MostIntegers)?.Select(integer => $"{integer}"),
        JsonTypes.String when shape.MaxLength == 0 => ["\"\""],
        JsonTypes.Array when shape.MaxItems == 0 => ["[]"],
        JsonTypes.Object when shape.MaxProperties == 0 => ["{}"],
        _ => null,
    };

    private bool IsEmpty(Conjunction left, JsonTypes type)
    {
        var shape = left.Shape;
        return !shape.Types.HasFlag(type) || type switch
        {
            JsonTypes.Integer => NumberRange.Of(shape, type).IsEmpty,
            JsonTypes.Fraction => NumberRange.Of(shape, type) is { IsEmpty: true } or { IsInteger: true },
            JsonTypes.String => shape.MinLength > shape.MaxLength,
            JsonTypes.Array => ArraySize.Of(shape, this) is { IsEmpty: true },
            JsonTypes.Object => HasNoObject(shape),
            _ => false,
        };
    }

    private bool HasNoObject(Shape shape) =>
        Math.Max(shape.MinProperties, shape.Required.Count) > shape.MaxProperties
        || shape.Required.Any(name => IsForbidden(shape, name))
        || PropertiesOf.PossibleNames(shape, check) is { } names && names.Count < shape.MinProperties;

    private bool IsForbidden(Shape shape, string name) =>
        shape.PropertyNames.Any(names => check.Validation.IsNameValid(names, name) == false)
        || IsEmpty(PropertiesOf.Named(shape, name, check.Matching));
}
