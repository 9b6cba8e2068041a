using System.Text;

namespace EventDriven.Messaging.Events;

/// <summary>Reads attributes that a stranger may have written: strict UTF-8, and none of the characters that CloudEvents forbids.</summary>
internal static class CloudEventAttribute
{
    private const int MaxQuoted = 100;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly RepeatedText KnownTexts = new(StrictUtf8);

    /// <summary>An attribute that has to be there.</summary>
    /// <exception cref="UnreadableEventException">It is missing or empty.</exception>
    public static T Required<T>(T? value, string name)
        where T : class => value is null or byte[] { Length: 0 } or "" ? throw new UnreadableEventException($"{name} is missing.") : value;

    /// <summary>An attribute as text.</summary>
    /// <exception cref="UnreadableEventException">It is not UTF-8, or has control characters.</exception>
    public static string Text(byte[] value, string name) => Printable(Decode(value, name, StrictUtf8.GetString), name);

    /// <summary>The same for an attribute that most events have alike, such as their type.</summary>
    /// <exception cref="UnreadableEventException">It is not UTF-8, or has control characters.</exception>
    public static string Repeated(byte[] value, string name) => Printable(Decode(value, name, KnownTexts.Get), name);

    /// <summary>
    /// The text itself, unless it has control characters. CloudEvents 1.0 (Type System, String) forbids them; in a log line or on a terminal they could be
    /// anything.
    /// </summary>
    /// <exception cref="UnreadableEventException">It has some.</exception>
    public static string Printable(string text, string name) => text.AsSpan().ContainsAnyInRange('\0', '\u001f') || text.AsSpan().ContainsAnyInRange('\u007f', '\u009f')
        ? throw new UnreadableEventException($"{name} has control characters, which CloudEvents forbids.")
        : text;

    /// <summary>The attribute when it may be taken over into headers and log lines; else null.</summary>
    public static string? Sane(string? text) => CorrelationContext.IsSane(text) ? text : null;

    /// <summary>The attribute for a message: of a long one its beginning, and '?' for what can't be printed.</summary>
    public static string Quoted(byte[] value, string name) => Quoted(Decode(value, name, StrictUtf8.GetString));

    /// <summary>The same of a text.</summary>
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

    /// <summary>An attribute as text, whatever characters it has.</summary>
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
