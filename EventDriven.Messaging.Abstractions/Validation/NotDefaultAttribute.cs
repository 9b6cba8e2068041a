using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace EventDriven.Messaging.Validation;

/// <summary>The value is not the one that its type begins with: no id of zeros, no time of the year 1. On a list, each element.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class NotDefaultAttribute : ValidationAttribute
{
    /// <summary>True for null, too: whether it may be missing, the record's type says.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "The zeros of a value type need none of its constructors.")]
    public override bool IsValid(object? value) =>
        value is null || !value.GetType().IsValueType || !value.Equals(RuntimeHelpers.GetUninitializedObject(value.GetType()));

    /// <inheritdoc/>
    public override string FormatErrorMessage(string name) => $"{name} must be given.";
}
