using EventDriven.Schemas.Model;
using EventDriven.Schemas.Shapes;

namespace EventDriven.Schemas.Containment;

/// <summary>The assertions about objects.</summary>
internal sealed class ObjectContainment(ContainmentCheck check)
{
    public bool IsContained(Conjunction left, Schema part, Tolerance tolerance)
    {
        if (!check.Emptiness.TypesOf(left).HasFlag(JsonTypes.Object))
        {
            return true;
        }

        var shape = left.Shape;
        return part.Required.All(shape.Required.Contains)
            && Math.Max(shape.MinProperties, shape.Required.Count) >= part.MinProperties
            && (part.MaxProperties is null || IsCountContained(shape, part.MaxProperties.Value))
            && (part.PropertyNames is null || AreNamesContained(shape, part.PropertyNames))
            && (!part.HasObjectShape || ArePropertiesContained(
                left, new ObjectShape(part.Properties, part.PatternProperties, part.AdditionalProperties), tolerance));
    }

    public bool ArePropertiesContained(Conjunction left, ObjectShape right, Tolerance tolerance)
    {
        var named = right.Properties.Keys.Concat(left.Shape.PropertyNamesSaid).Distinct().ToList();
        return named.TrueForAll(name => IsPropertyContained(left, right, name, tolerance))
            && (PropertiesOf.PossibleNames(left.Shape, check) is { } possible
                ? possible.Except(named).All(name => IsPropertyContained(left, right, name, tolerance))
                : AreOthersContained(left.Shape, right, tolerance));
    }

    private bool IsCountContained(Shape left, long maximum) =>
        left.MaxProperties <= maximum || PropertiesOf.PossibleNames(left, check)?.Count <= maximum;

    private bool AreNamesContained(Shape left, Schema names) =>
        PropertiesOf.PossibleNames(left, check) is { } possible && possible.All(name => check.Validation.IsNameValid(names, name) == true)
        || check.IsContained(Conjunction.Of([.. left.PropertyNames, Schema.OfTypes(JsonTypes.String)]), names, Tolerance.None);

    private bool IsPropertyContained(Conjunction left, ObjectShape right, string name, Tolerance tolerance)
    {
        var own = PropertiesOf.Named(left.Shape, name, check.Matching);
        if (CanNotBe(left, name) || check.Emptiness.IsEmpty(own))
        {
            return true;
        }

        var isNew = tolerance != Tolerance.None && NewProperty.IsNew(left, name, tolerance, check.Matching);
        var inner = tolerance == Tolerance.None ? Tolerance.None : Tolerance.NewProperties;
        return right.PossiblyOf(name, check.Matching).All(schema =>
            (isNew && IsDeclared(right, name, schema)) || check.IsContained(own, schema, inner));
    }

    private bool CanNotBe(Conjunction left, string name) =>
        left.Shape.PropertyNames.Any(names => check.Validation.IsNameValid(names, name) == false)
        || (left.Shape.Nots.Count > 0 && check.Emptiness.IsEmpty(left.With(Schema.With(name))));

    // "Never" is not a declaration of a property: it closes the object to it.
    private static bool IsDeclared(ObjectShape right, string name, Schema schema) =>
        !schema.IsFalse && right.Properties.TryGetValue(name, out var declared) && ReferenceEquals(declared, schema);

    // Properties that neither side names: those that match a pattern of the right side, and those that match none.
    private bool AreOthersContained(Shape left, ObjectShape right, Tolerance tolerance)
    {
        var inner = tolerance == Tolerance.None ? Tolerance.None : Tolerance.NewProperties;
        return right.Patterns.All(pattern => IsClassContained(left, pattern.Key, pattern.Value, inner))
            && (right.Additional is null || IsRestContained(left, right, right.Additional, inner));
    }

    private bool IsClassContained(Shape left, string pattern, Schema schema, Tolerance tolerance) =>
        schema.IsTrue
        || check.IsContained(
            Conjunction.Of(left.Objects.Select(part => part.Patterns.GetValueOrDefault(pattern)).OfType<Schema>()), schema, tolerance)
        || left.Objects.Any(part => !part.Patterns.ContainsKey(pattern) && AreAllContained(part, [], schema, tolerance));

    private bool IsRestContained(Shape left, ObjectShape right, Schema schema, Tolerance tolerance) =>
        schema.IsTrue
        || check.IsContained(
            Conjunction.Of(left.Objects.Where(part => part.Patterns.Count == 0).Select(part => part.Additional).OfType<Schema>()),
            schema,
            tolerance)
        || left.Objects.Any(part => AreAllContained(part, right.Patterns.Keys, schema, tolerance));

    // A name that is not listed matches one of the patterns or is additional.
    private bool AreAllContained(ObjectShape left, IEnumerable<string> excluded, Schema schema, Tolerance tolerance) =>
        left.Patterns.Where(pattern => !excluded.Contains(pattern.Key)).Select(pattern => pattern.Value)
            .Append(left.Additional ?? Schema.True)
            .All(own => check.IsContained(Conjunction.Of(own), schema, tolerance));
}
