using System.ComponentModel.DataAnnotations;

namespace EventDriven.Messaging.Validation;

/// <summary>
/// Text of a bounded length without control characters: PostgreSQL's text has no NUL, and nobody's terminal, log or mail
/// needs the others. On a list, each element.
/// </summary>
/// <param name="maxLength">Longest text, in characters.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class PlainTextAttribute(int maxLength) : ValidationAttribute
{
    /// <summary>Longest text, in characters.</summary>
    public int MaxLength => maxLength;

    /// <summary>Shortest text, in characters; 1.</summary>
    public int MinLength { get; init; } = 1;

    /// <summary>True for null, too: whether it may be missing, the record's type says.</summary>
    public override bool IsValid(object? value) => value switch
    {
        null => true,
        string text => text.Length >= MinLength && text.Length <= maxLength && !HasControl(text),
        _ => false,
    };

    /// <inheritdoc/>
    public override string FormatErrorMessage(string name) =>
        $"{name} must have {MinLength} to {maxLength} characters, none of them a control character.";

    private static bool HasControl(string text) =>
        text.AsSpan().ContainsAnyInRange('\0', '\u001f') || text.AsSpan().ContainsAnyInRange('\u007f', '\u009f');
}
