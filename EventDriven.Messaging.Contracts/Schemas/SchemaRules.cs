using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Nodes;
using EventDriven.Messaging.Validation;

namespace EventDriven.Messaging.Contracts.Schemas;

/// <summary>
/// Validation attributes as keywords of JSON Schema. A rule without a keyword, such as <see cref="PlausibleTimeAttribute"/>, is left
/// out: the schema then admits more than the producer does.
/// </summary>
internal static class SchemaRules
{
    /// <summary>Adds the rules of a member. On a list, rules about a value are about its elements.</summary>
    public static void Add(JsonObject schema, IEnumerable<ValidationAttribute> attributes)
    {
        var isList = schema["items"] is JsonObject;
        foreach (var attribute in attributes)
        {
            AddTo(isList && !DeclaredRules.IsOfList(attribute) ? (JsonObject)schema["items"]! : schema, attribute, isList);
        }
    }

    private static void AddTo(JsonObject schema, ValidationAttribute attribute, bool isList)
    {
        var (least, most) = isList ? ("minItems", "maxItems") : ("minLength", "maxLength");
        switch (attribute)
        {
            case LengthAttribute length:
                (schema[least], schema[most]) = (length.MinimumLength, length.MaximumLength);
                break;
            case MinLengthAttribute length:
                schema[least] = length.Length;
                break;
            case MaxLengthAttribute length:
                schema[most] = length.Length;
                break;
            case StringLengthAttribute length:
                (schema["minLength"], schema["maxLength"]) = (length.MinimumLength, length.MaximumLength);
                break;
            case PlainTextAttribute text:
                (schema["minLength"], schema["maxLength"]) = (text.MinLength, text.MaxLength);
                break;
            case RegularExpressionAttribute expression:
                schema["pattern"] = $"^(?:{expression.Pattern})$";
                break;
            case RequiredAttribute { AllowEmptyStrings: false } when !isList && $"{schema["type"]}" == "string":
                schema["minLength"] ??= 1;
                break;
            case NumericAttribute numeric:
                AddNumeric(schema, numeric);
                break;
            case RangeAttribute range:
                schema.Remove(range.MinimumIsExclusive ? "minimum" : "exclusiveMinimum");
                schema.Remove(range.MaximumIsExclusive ? "maximum" : "exclusiveMaximum");
                schema[range.MinimumIsExclusive ? "exclusiveMinimum" : "minimum"] = Number(range.Minimum);
                schema[range.MaximumIsExclusive ? "exclusiveMaximum" : "maximum"] = Number(range.Maximum);
                break;
        }
    }

    private static void AddNumeric(JsonObject schema, NumericAttribute numeric)
    {
        var limit = Power(numeric.Precision - numeric.Scale);
        schema["multipleOf"] = 1 / Power(numeric.Scale);
        schema[numeric.MayBeNegative ? "exclusiveMinimum" : "minimum"] = numeric.MayBeNegative ? -limit : 0;
        schema["exclusiveMaximum"] = limit;
    }

    private static decimal Power(int exponent)
    {
        var power = 1m;
        for (var i = 0; i < exponent; i++)
        {
            power *= 10;
        }

        return power;
    }

    private static decimal Number(object limit) => decimal.Parse($"{limit}", CultureInfo.InvariantCulture);
}
