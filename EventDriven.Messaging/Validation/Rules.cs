using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace EventDriven.Messaging.Validation;

/// <summary>
/// Makes rules from DataAnnotations' attributes. Attributes that would box a value or interpret an expression for each event are evaluated
/// in a faster way, with the same result.
/// </summary>
internal static class Rules
{
    /// <summary>The rule of an attribute.</summary>
    /// <param name="attribute">An attribute of a property, or of the constructor parameter of the same name.</param>
    /// <param name="where">Record and property, for the exception's message.</param>
    /// <exception cref="InvalidOperationException">The attribute needs more than the value.</exception>
    public static RuleCheck<T> Of<T>(ValidationAttribute attribute, string where) => attribute.RequiresValidationContext
        ? throw new InvalidOperationException(
            $"[{attribute.GetType().Name}] on {where} needs more than its value; only rules about one value can be checked.")
        : new RuleCheck<T>(Admits<T>(attribute), Text(attribute));

    private static Func<T, bool> Admits<T>(ValidationAttribute attribute) => attribute switch
    {
        RangeAttribute range when IsPlainStruct<T>() && RangeOf<T>(range) is { } within => within,
        RegularExpressionAttribute expression when typeof(T) == typeof(string) => (Func<T, bool>)(object)Matches(expression),
        NotDefaultAttribute when IsPlainStruct<T>() => value => !EqualityComparer<T>.Default.Equals(value, default),
        PlausibleTimeAttribute when typeof(T) == typeof(DateTimeOffset) =>
            (Func<T, bool>)(object)new Func<DateTimeOffset, bool>(PlausibleTimeAttribute.Admits),
        NumericAttribute numeric when typeof(T) == typeof(decimal) => (Func<T, bool>)(object)new Func<decimal, bool>(numeric.Admits),
        _ => value => attribute.IsValid(value),
    };

    private static bool IsPlainStruct<T>() => typeof(T).IsValueType && Nullable.GetUnderlyingType(typeof(T)) is null;

    private static Func<T, bool>? RangeOf<T>(RangeAttribute range)
    {
        // The first call converts limits that are written as text.
        range.IsValid(default(T));
        if (range is not { Minimum: T minimum, Maximum: T maximum })
        {
            return null;
        }

        var (least, most) = (range.MinimumIsExclusive ? 1 : 0, range.MaximumIsExclusive ? -1 : 0);
        return value => Comparer<T>.Default.Compare(value, minimum) >= least && Comparer<T>.Default.Compare(value, maximum) <= most;
    }

    private static Func<string?, bool> Matches(RegularExpressionAttribute expression)
    {
        var regex = new Regex(expression.Pattern, RegexOptions.Compiled, TimeSpan.FromMilliseconds(expression.MatchTimeoutInMilliseconds));
        return value =>
        {
            if (string.IsNullOrEmpty(value))
            {
                // As the attributes do: they accept null, which only [Required] refuses.
                return true;
            }

            foreach (var match in regex.EnumerateMatches(value))
            {
                return match.Index == 0 && match.Length == value.Length;
            }

            return false;
        };
    }

    private static Func<string, string> Text(ValidationAttribute attribute) => attribute switch
    {
        { ErrorMessage: not null } or { ErrorMessageResourceName: not null } => attribute.FormatErrorMessage,
        RangeAttribute range => path =>
            $"{path} must be {(range.MinimumIsExclusive ? "above" : "between")} {range.Minimum} and "
            + $"{(range.MaximumIsExclusive ? "below " : "")}{range.Maximum}.",
        LengthAttribute length => path => $"{path} must have a length of {length.MinimumLength} to {length.MaximumLength}.",
        StringLengthAttribute length => path => $"{path} must have a length of {length.MinimumLength} to {length.MaximumLength}.",
        MinLengthAttribute length => path => $"{path} must have a length of {length.Length} or more.",
        MaxLengthAttribute length => path => $"{path} must have a length of {length.Length} or less.",
        RequiredAttribute => path => $"{path} must be given.",
        RegularExpressionAttribute expression => path => $"{path} must match {expression.Pattern}.",
        _ => attribute.FormatErrorMessage,
    };
}
