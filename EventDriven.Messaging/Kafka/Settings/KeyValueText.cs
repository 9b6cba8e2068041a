using System.Text;

#if EVENTDRIVEN_HOSTING
namespace EventDriven.Hosting.Kafka.Settings;
#else
namespace EventDriven.Messaging.Kafka.Settings;
#endif

/// <summary>
/// Splits <c>name=value;name=value</c>. A line break separates as a semicolon does, and a line that begins with # is a comment, as in a
/// file of Java properties. A value in quotes may have anything in it; its quote is written twice.
/// </summary>
internal static class KeyValueText
{
    private const string Separators = ";\r\n";

    /// <summary>The pairs in their order. Names are trimmed and not checked.</summary>
    /// <exception cref="InvalidOperationException">A part has no name, no equals sign, or a quote without its end.</exception>
    public static IReadOnlyList<(string Name, string Value)> Read(string text)
    {
        var pairs = new List<(string Name, string Value)>();
        var at = 0;
        while (SkipToName(text, ref at))
        {
            var begin = at;
            while (at < text.Length && text[at] != '=' && !Separators.Contains(text[at], StringComparison.Ordinal))
            {
                at++;
            }

            var name = text[begin..at].Trim();
            if (name.Length == 0 || at == text.Length || text[at] != '=')
            {
                throw Unreadable(pairs, "is no name=value. Put a value with ';' in quotes");
            }

            at++;
            pairs.Add((name, Value(text, name, ref at, pairs)));
        }

        return pairs;
    }

    private static bool SkipToName(string text, ref int at)
    {
        while (at < text.Length)
        {
            if (text[at] == '#')
            {
                at = text.IndexOf('\n', at) is var end and >= 0 ? end : text.Length;
            }
            else if (char.IsWhiteSpace(text[at]) || text[at] == ';')
            {
                at++;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private static string Value(string text, string name, ref int at, List<(string Name, string Value)> before)
    {
        while (at < text.Length && text[at] is ' ' or '\t')
        {
            at++;
        }

        return at < text.Length && text[at] is '"' or '\'' ? Quoted(text, name, ref at) : Plain(text, name, ref at);
    }

    private static string Plain(string text, string name, ref int at)
    {
        // Its own syntax has quotes, and ends with a semicolon.
        var hasQuotes = name == JaasConfig.Setting;
        var (begin, isQuoted) = (at, false);
        while (at < text.Length && (isQuoted || !Separators.Contains(text[at], StringComparison.Ordinal)))
        {
            isQuoted ^= hasQuotes && text[at] == '"' && text[at - 1] != '\\';
            at++;
        }

        return text[begin..at].Trim();
    }

    private static string Quoted(string text, string name, ref int at)
    {
        var quote = text[at++];
        var value = new StringBuilder();
        while (at < text.Length)
        {
            if (text[at] != quote)
            {
                value.Append(text[at++]);
            }
            else if (at + 1 < text.Length && text[at + 1] == quote)
            {
                value.Append(quote);
                at += 2;
            }
            else
            {
                at++;
                while (at < text.Length && text[at] is ' ' or '\t')
                {
                    at++;
                }

                return at == text.Length || Separators.Contains(text[at], StringComparison.Ordinal)
                    ? value.ToString()
                    : throw Unreadable([(name, "")], "is no ';', although the quotes have ended. Write a quote in a value twice");
            }
        }

        throw new InvalidOperationException(
            $"The value of a setting of Kafka's connection string{After([(name, "")], " has no closing quote")}. "
            + "Write a quote in a value twice.");
    }

    private static InvalidOperationException Unreadable(List<(string Name, string Value)> before, string problem) => new(
        $"Kafka's connection string can't be read: what follows{After(before, "")} {problem}.");

    // What looks like a name may be a part of a password, so that only names of settings that exist are shown.
    private static string After(List<(string Name, string Value)> before, string problem) =>
        (before is [.., var (last, _)] && KafkaSettingName.IsKnown(KafkaSettingName.Normalize(last)) ? $" '{last}'" : "") + problem;
}
