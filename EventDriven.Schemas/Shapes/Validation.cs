using System.Text.Json;
using EventDriven.Schemas.Model;

namespace EventDriven.Schemas.Shapes;

/// <summary>
/// Validates a value of an <c>enum</c> or <c>const</c>. The answer is null where this library can't tell, as with a format.
/// </summary>
internal sealed class Validation(PatternMatching matching)
{
    public bool? IsValid(Schema schema, JsonElement value)
    {
        if (schema.IsFalse || (schema.Types & JsonTypeNames.Of(value)) == JsonTypes.None)
        {
            return false;
        }

        return And(
            schema.Values is null || schema.Values.Contains(new JsonValue(value)),
            OfType(schema, value),
            And(schema.AllOf.Select(branch => IsValid(branch, value))),
            schema.AnyOf.Count == 0 ? true : Or(schema.AnyOf.Select(branch => IsValid(branch, value))),
            schema.OneOf.Count == 0 ? true : ExactlyOne(schema.OneOf.Select(branch => IsValid(branch, value))),
            schema.Not is null ? true : !IsValid(schema.Not, value),
            schema.Conditional is null ? true : OfConditional(schema.Conditional, value));
    }

    private static bool? And(params IEnumerable<bool?> answers) =>
        answers.Aggregate((bool?)true, (all, answer) => all == false || answer == false ? false : all & answer);

    private static bool? Or(IEnumerable<bool?> answers) => !And(answers.Select(answer => !answer));

    private static bool? ExactlyOne(IEnumerable<bool?> answers)
    {
        var list = answers.ToList();
        var valid = list.Count(answer => answer == true);
        return valid > 1 ? false : list.Contains(null) ? null : valid == 1;
    }

    private bool? OfConditional(Conditional conditional, JsonElement value) => IsValid(conditional.If, value) switch
    {
        true => IsValid(conditional.Then, value),
        false => IsValid(conditional.Else, value),
        null => And(IsValid(conditional.Then, value), IsValid(conditional.Else, value)) == true ? true : null,
    };

    private bool? OfType(Schema schema, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => OfNumber(schema, ExactNumber.Parse(value.GetRawText())),
        JsonValueKind.String => OfString(schema, value.GetString()!),
        JsonValueKind.Array => OfArray(schema, [.. value.EnumerateArray()]),
        JsonValueKind.Object => OfObject(schema, value),
        _ => true,
    };

    private static bool? OfNumber(Schema schema, ExactNumber number) => And(
        schema.Minimum is null || new Bound(number, IsExclusive: false).IsLowerWithin(schema.Minimum),
        schema.Maximum is null || new Bound(number, IsExclusive: false).IsUpperWithin(schema.Maximum),
        schema.MultipleOf is null || number.IsMultipleOf(schema.MultipleOf),
        schema.Format is null || Formats.IsOfStrings(schema.Format) ? true : null);

    private bool? OfString(Schema schema, string text)
    {
        var length = text.EnumerateRunes().Count();
        return And(
            length >= schema.MinLength && !(length > schema.MaxLength),
            schema.Pattern is null ? true : matching.IsMatch(schema.Pattern, text),
            schema.Format is null ? true : null);
    }

    private bool? OfArray(Schema schema, IReadOnlyList<JsonElement> items)
    {
        var shape = new ItemShape(schema.PrefixItems, schema.Items);
        return And(
            items.Count >= schema.MinItems && !(items.Count > schema.MaxItems),
            !schema.UniqueItems || items.Select(JsonValue.KeyOf).Distinct(StringComparer.Ordinal).Count() == items.Count,
            And(items.Select((item, index) => IsValid(shape.Of(index), item))),
            schema.Contains is null ? true : OfContains(schema.Contains, [.. items.Select(item => IsValid(schema.Contains.Schema, item))]),
            schema.UnevaluatedItems is null || items.Count == 0 ? true : null);
    }

    private static bool? OfContains(ContainsRule rule, List<bool?> answers)
    {
        var surely = answers.Count(answer => answer == true);
        var possibly = answers.Count(answer => answer != false);
        return surely > rule.Maximum || possibly < rule.Minimum
            ? false
            : surely < rule.Minimum || possibly > rule.Maximum ? null : true;
    }

    private bool? OfObject(Schema schema, JsonElement value)
    {
        var properties = value.EnumerateObject()
            .ToDictionary(property => property.Name, property => property.Value, StringComparer.Ordinal);
        var shape = new ObjectShape(schema.Properties, schema.PatternProperties, schema.AdditionalProperties);
        return And(
            properties.Count >= schema.MinProperties && !(properties.Count > schema.MaxProperties),
            schema.Required.All(properties.ContainsKey),
            And(properties.Select(property => OfProperty(shape, property.Key, property.Value))),
            schema.PropertyNames is { } names ? And(properties.Keys.Select(name => IsNameValid(names, name))) : true,
            schema.DependentRequired.All(entry => !properties.ContainsKey(entry.Key) || entry.Value.All(properties.ContainsKey)),
            And(schema.DependentSchemas.Where(entry => properties.ContainsKey(entry.Key)).Select(entry => IsValid(entry.Value, value))),
            schema.UnevaluatedProperties is null || properties.Count == 0 ? true : null);
    }

    /// <summary>Does a schema admit a property's name?</summary>
    public bool? IsNameValid(Schema schema, string name) => IsValid(schema, JsonValue.OfString(name).Element);

    private bool? OfProperty(ObjectShape shape, string name, JsonElement value)
    {
        var surely = And(shape.SurelyOf(name, matching).Select(schema => IsValid(schema, value)));
        var possibly = And(shape.PossiblyOf(name, matching).Select(schema => IsValid(schema, value)));
        return surely == false ? false : possibly == true ? true : null;
    }
}
