using System.ComponentModel.DataAnnotations;

namespace EventDriven.Messaging.Validation;

/// <summary>
/// A time from the year 2000 up to and including 2099: a clock that was never set, or a number that was taken for another
/// unit, gives others. On a list, each element.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class PlausibleTimeAttribute : ValidationAttribute
{
    private static readonly DateTimeOffset First = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>True for null, too: whether it may be missing, the record's type says.</summary>
    public override bool IsValid(object? value) => value is null || (value is DateTimeOffset time && Admits(time));

    /// <inheritdoc/>
    public override string FormatErrorMessage(string name) => $"{name} must be a time from {First.Year} to {End.Year - 1}.";

    internal static bool Admits(DateTimeOffset time) => time >= First && time < End;
}
