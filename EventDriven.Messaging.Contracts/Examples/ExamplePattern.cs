using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace EventDriven.Messaging.Contracts.Examples;

/// <summary>
/// A text that a regular expression admits: the first of its alternatives, the first of a class's characters, each as often as it must be,
/// once if it may be.
/// </summary>
internal sealed class ExamplePattern
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);
    private readonly string _pattern;
    private int _at;

    private ExamplePattern(string pattern) => _pattern = pattern;

    private bool IsAtEnd => _at >= _pattern.Length;

    /// <summary>An example, or three dots for what is beyond this: look-arounds, for example.</summary>
    public static string Of(string pattern)
    {
        var text = new ExamplePattern(pattern).Alternatives();
        return Regex.IsMatch(text, pattern, RegexOptions.None, Timeout) ? text : "…";
    }

    private string Alternatives()
    {
        var first = Sequence();
        while (!IsAtEnd && _pattern[_at] == '|')
        {
            _at++;
            Sequence();
        }

        return first;
    }

    private string Sequence()
    {
        var text = new StringBuilder();
        while (!IsAtEnd && _pattern[_at] is not ('|' or ')'))
        {
            var part = Part();
            text.Insert(text.Length, part, Times());
        }

        return text.ToString();
    }

    private string Part()
    {
        switch (_pattern[_at++])
        {
            case '^' or '$':
                return "";
            case '.':
                return "a";
            case '\\' when !IsAtEnd:
                return $"{Escaped(_pattern[_at++])}";
            case '[':
                return $"{Class()}";
            case '(':
                _at += string.CompareOrdinal(_pattern, _at, "?:", 0, 2) == 0 ? 2 : 0;
                var inner = Alternatives();
                _at++;
                return inner;
            default:
                return $"{_pattern[_at - 1]}";
        }
    }

    private static char Escaped(char letter) => letter switch { 'd' => '1', 'w' => 'a', 's' => ' ', _ => letter };

    private char Class()
    {
        var first = _pattern[_at] == '\\' && _at + 1 < _pattern.Length ? Escaped(_pattern[_at + 1]) : _pattern[_at];
        while (!IsAtEnd && _pattern[_at] != ']')
        {
            _at += _pattern[_at] == '\\' ? 2 : 1;
        }

        _at++;
        return first == '^' ? 'a' : first;
    }

    // How often the part before stands there.
    private int Times()
    {
        if (IsAtEnd || _pattern[_at] is not ('*' or '+' or '?' or '{'))
        {
            return 1;
        }

        var end = _pattern.IndexOf('}', _at);
        if (_pattern[_at++] != '{' || end < 0)
        {
            return 1;
        }

        var least = _pattern[_at..end].Split(',')[0];
        _at = end + 1;
        return int.TryParse(least, CultureInfo.InvariantCulture, out var times) && times > 0 ? times : 1;
    }
}
