using System.Text;

namespace EventDriven.Messaging.Events;

/// <summary>Reads attributes that any producer may have written: strict UTF-8, without the characters that CloudEvents forbids.</summary>
internal static class CloudEventAttribute
{
    private const int MaxQuoted = 100;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly RepeatedText KnownTexts = new(StrictUtf8);

    /// <summary>A required attribute.</summary>
    /// <exception cref="UnreadableEventException">The attribute is missing or empty.</exception>
    public static T Required<T>(T? value, string name)
        where T : class => value is null or byte[] { Length: 0 } or "" ? throw new UnreadableEventException($"{name} is missing.") : value;

    /// <summary>An attribute as text.</summary>
    /// <exception cref="UnreadableEventException">It is not UTF-8, or has control characters.</exception>
    public static string Text(byte[] value, string name) => Printable(Decode(value, name, StrictUtf8.GetString), name);

    /// <summary>An attribute as text, decoded once for a value that most events repeat, such as their type.</summary>
    /// <exception cref="UnreadableEventException">It is not UTF-8, or has control characters.</exception>
    public static string Repeated(byte[] value, string name) => Printable(Decode(value, name, KnownTexts.Get), name);

    /// <summary>
    /// Returns the text if it has no control characters. CloudEvents 1.0 (Type System, String) forbids them, because a log or a terminal
    /// could interpret them.
    /// </summary>
    /// <exception cref="UnreadableEventException">The text has control characters.</exception>
    public static string Printable(string text, string name) =>
        text.AsSpan().ContainsAnyInRange('\0', '\u001f') || text.AsSpan().ContainsAnyInRange('\u007f', '\u009f')
        ? throw new UnreadableEventException($"{name} has control characters, which CloudEvents forbids.")
        : text;

    /// <summary>The attribute if it is safe to copy into headers and log lines; otherwise null.</summary>
    public static string? Sane(string? text) => CorrelationContext.IsSane(text) ? text : null;

    /// <summary>The attribute in quotes, for a message: a long one is cut, and characters that can't be printed become '?'.</summary>
    public static string Quoted(byte[] value, string name) => Quoted(Decode(value, name, StrictUtf8.GetString));

    /// <summary>A text in quotes, for a message: a long one is cut, and characters that can't be printed become '?'.</summary>
    public static string Quoted(string text)
    {
        var printable = string.Create(Math.Min(text.Length, MaxQuoted), text, static (span, text) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(text[i]) || char.IsSurrogate(text[i]) ? '?' : text[i];
            }
        });
        return text.Length > MaxQuoted ? $"'{printable}…'" : $"'{printable}'";
    }

    /// <summary>An attribute as text, control characters included.</summary>
    /// <exception cref="UnreadableEventException">It is not UTF-8.</exception>
    public static string Decoded(byte[] value, string name) => Decode(value, name, StrictUtf8.GetString);

    private static string Decode(byte[] value, string name, Func<byte[], string> decode)
    {
        try
        {
            return decode(value);
        }
        catch (DecoderFallbackException exception)
        {
            throw new UnreadableEventException($"{name} is not UTF-8.", exception);
        }
    }
}
