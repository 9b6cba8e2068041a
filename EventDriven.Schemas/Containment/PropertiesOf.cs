using EventDriven.Schemas.Model;
using EventDriven.Schemas.Shapes;

namespace EventDriven.Schemas.Containment;

/// <summary>What a conjunction says of the properties of its objects.</summary>
internal static class PropertiesOf
{
    /// <summary>What a property with a name satisfies.</summary>
    public static Conjunction Named(Shape shape, string name, PatternMatching matching) =>
        Conjunction.Of(shape.Objects.SelectMany(part => part.SurelyOf(name, matching)));

    /// <summary>All names that a property can have; null when they can't be listed.</summary>
    public static IReadOnlyList<string>? PossibleNames(Shape shape, ContainmentCheck check)
    {
        var names = shape.Objects
            .Where(part => part is { Additional: { } rest, Patterns.Count: 0 } && check.Emptiness.IsEmpty(Conjunction.Of(rest)))
            .Select(part => (IEnumerable<string>)part.Properties.Keys)
            .Concat(shape.PropertyNames.Select(part => NamesOf(part, check)).OfType<IEnumerable<string>>())
            .FirstOrDefault();
        return names is null
            ? null
            : [
                .. names.Where(name =>
                    shape.PropertyNames.All(part => check.Validation.IsNameValid(part, name) != false)
                    && !check.Emptiness.IsEmpty(Named(shape, name, check.Matching))),
            ];
    }

    private static IEnumerable<string>? NamesOf(Schema propertyNames, ContainmentCheck check) =>
        check.Emptiness.ValuesOf(Conjunction.Of(propertyNames, Schema.OfTypes(JsonTypes.String)))?
            .Select(value => value.Element.GetString()!);
}
