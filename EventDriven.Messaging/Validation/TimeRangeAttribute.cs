using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace EventDriven.Messaging.Validation;

/// <summary>Bounds of an option that is a <see cref="TimeSpan"/>. <see cref="RangeAttribute"/> would find its type by reflection.</summary>
/// <param name="minimum">Shortest time, as <c>d.hh:mm:ss.fff</c>.</param>
/// <param name="maximum">Longest time, as <c>d.hh:mm:ss.fff</c>.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TimeRangeAttribute(string minimum, string maximum)
    : ValidationAttribute(() => $"The field {{0}} must be between {minimum} and {maximum}.")
{
    private readonly TimeSpan _minimum = TimeSpan.Parse(minimum, CultureInfo.InvariantCulture);
    private readonly TimeSpan _maximum = TimeSpan.Parse(maximum, CultureInfo.InvariantCulture);

    /// <summary>Shortest time.</summary>
    public string Minimum => minimum;

    /// <summary>Longest time.</summary>
    public string Maximum => maximum;

    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is TimeSpan time && time >= _minimum && time <= _maximum;
}
