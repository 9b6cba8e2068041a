using System.ComponentModel.DataAnnotations;

namespace EventDriven.Messaging.Validation;

/// <summary>
/// A number that SQL's <c>numeric(precision, scale)</c> keeps as it is: neither too large nor rounded. On a list, each element.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class NumericAttribute : ValidationAttribute
{
    private readonly decimal _limit = 1;

    /// <summary>Creates the rule.</summary>
    /// <param name="precision">Digits in all, at most 28.</param>
    /// <param name="scale">Digits after the point.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such type.</exception>
    public NumericAttribute(int precision, int scale)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(scale);
        ArgumentOutOfRangeException.ThrowIfLessThan(precision, scale);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(precision, 28);
        (Precision, Scale) = (precision, scale);
        for (var digit = scale; digit < precision; digit++)
        {
            _limit *= 10;
        }
    }

    /// <summary>Digits in all.</summary>
    public int Precision { get; }

    /// <summary>Digits after the point.</summary>
    public int Scale { get; }

    /// <summary>Whether it may be below zero; it may not.</summary>
    public bool MayBeNegative { get; init; }

    /// <summary>True for null, too: whether it may be missing, the record's type says.</summary>
    public override bool IsValid(object? value) => value is null || (value is decimal number && Admits(number));

    /// <inheritdoc/>
    public override string FormatErrorMessage(string name) =>
        $"{name} must be a number with at most {Precision - Scale} digits before the point and {Scale} after "
        + $"it{(MayBeNegative ? "" : ", not below zero")}.";

    internal bool Admits(decimal number) =>
        number < _limit && number > -_limit && (MayBeNegative || number >= 0) && decimal.Round(number, Scale) == number;
}
