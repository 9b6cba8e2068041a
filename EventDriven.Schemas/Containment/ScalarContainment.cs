using EventDriven.Schemas.Model;
using EventDriven.Schemas.Shapes;

namespace EventDriven.Schemas.Containment;

/// <summary>The assertions about numbers and strings.</summary>
internal sealed class ScalarContainment(Emptiness emptiness)
{
    public bool IsContained(Conjunction left, Schema part)
    {
        var types = emptiness.TypesOf(left);
        return IsNumberContained(left.Shape, types & JsonTypes.Number, part)
            && IsStringContained(left.Shape, types & JsonTypes.String, part)
            && (part.Format is null || IsFormatContained(left.Shape, types, part.Format));
    }

    private static bool IsNumberContained(Shape left, JsonTypes types, Schema part)
    {
        if (types == JsonTypes.None)
        {
            return true;
        }

        var range = NumberRange.Of(left, types);
        return (part.Minimum is null || range.Lower?.IsLowerWithin(part.Minimum) == true)
            && (part.Maximum is null || range.Upper?.IsUpperWithin(part.Maximum) == true)
            && (part.MultipleOf is null || range.MultipleOf?.IsMultipleOf(part.MultipleOf) == true
                || left.Multiples.Any(multiple => multiple.IsMultipleOf(part.MultipleOf)));
    }

    private static bool IsStringContained(Shape left, JsonTypes types, Schema part) =>
        types == JsonTypes.None
        || (left.MinLength >= part.MinLength
            && (part.MaxLength is null || left.MaxLength <= part.MaxLength)
            && (part.Pattern is null || PatternMatching.IsUniversal(part.Pattern) || left.Patterns.Contains(part.Pattern)));

    // A consumer reads the text as the format says, so another format is another type, although 2020-12 only annotates it.
    private static bool IsFormatContained(Shape left, JsonTypes types, string format) =>
        (types & (Formats.IsOfStrings(format) ? JsonTypes.String : JsonTypes.String | JsonTypes.Number)) == JsonTypes.None
        || left.Formats.Contains(format);
}
