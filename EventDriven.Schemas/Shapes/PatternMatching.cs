using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace EventDriven.Schemas.Shapes;

/// <summary>Matches texts with the regular expressions of schemas, which are those of ECMAScript, as far as .NET does the same.</summary>
internal sealed class PatternMatching
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(50);

    private static readonly string[] Universal = ["", "^", "$", "^.*", ".*", ".*$"];

    private readonly ConcurrentDictionary<(string Pattern, bool Ascii), Regex?> _expressions = [];

    /// <summary>Does each text match, whatever it is?</summary>
    public static bool IsUniversal(string pattern) => Universal.Contains(pattern, StringComparer.Ordinal);

    /// <summary>Does a text match somewhere? Null when that can't be said.</summary>
    public bool? IsMatch(string pattern, string text)
    {
        if (IsUniversal(pattern))
        {
            return true;
        }

        // "$" of .NET matches before a last line feed, that of ECMAScript does not.
        if (text.EndsWith('\n'))
        {
            return null;
        }

        var key = (pattern, text.All(char.IsAscii));
        if (_expressions.GetOrAdd(key, static entry => Create(entry.Pattern, entry.Ascii)) is not { } expression)
        {
            return null;
        }

        try
        {
            return expression.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            _expressions[key] = null;
            return null;
        }
    }

    // Character classes of .NET are those of ECMAScript only within ASCII, or with an option that knows no \p{…}.
    private static Regex? Create(string pattern, bool ascii)
    {
        try
        {
            return new Regex(pattern, ascii ? RegexOptions.CultureInvariant : RegexOptions.ECMAScript, Timeout);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
