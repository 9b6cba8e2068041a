using EventDriven.Schemas.Model;
using EventDriven.Schemas.Shapes;

namespace EventDriven.Schemas.Containment;

/// <summary>
/// Cases of a value that chooses nothing by itself: by its type, or by a property that has few values, such as a discriminator.
/// </summary>
internal static class ValueCases
{
    private const int MostValues = 64;

    public static IReadOnlyList<Conjunction> Of(Conjunction left, Schema right, ContainmentCheck check)
    {
        var types = check.Emptiness.TypesOf(left);
        var single = JsonTypeNames.Single.Where(type => types.HasFlag(type)).ToList();
        if (single.Count > 1)
        {
            return [.. single.Select(type => left.With(Schema.OfTypes(type)))];
        }

        return single is [JsonTypes.Object] ? ByDiscriminator(left, right, check) : [];
    }

    private static List<Conjunction> ByDiscriminator(Conjunction left, Schema right, ContainmentCheck check)
    {
        var shape = left.Shape;
        var named = right.AnyOf.Concat(right.OneOf).SelectMany(Evaluated.InPlace).SelectMany(part => part.Properties.Keys);
        foreach (var name in named.Distinct())
        {
            if (check.Emptiness.ValuesOf(PropertiesOf.Named(shape, name, check.Matching)) is not { Count: > 0 and <= MostValues } values)
            {
                continue;
            }

            var cases = values.Select(value => left.With(Schema.With(name), Having(name, value))).ToList();
            if (!shape.Required.Contains(name))
            {
                cases.Add(left.With(Schema.Without(name)));
            }

            if (cases.Count > 1)
            {
                return cases;
            }
        }

        return [];
    }

    private static Schema Having(string name, JsonValue value) =>
        new() { Properties = new Dictionary<string, Schema>(StringComparer.Ordinal) { [name] = Schema.OfValues(value) } };
}
