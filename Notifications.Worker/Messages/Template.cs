using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace Notifications.Worker.Messages;

/// <summary>
/// The text of one kind of message, from an embedded file: a line <c>Subject: …</c>, an empty line, the body; <c>{name}</c> is replaced.
/// </summary>
internal sealed partial class Template
{
    /// <summary>The placeholder of the recipient's name, in stored messages too.</summary>
    public const string Name = "{name}";

    private const string SubjectPrefix = "Subject: ";

    private static readonly FrozenDictionary<string, Template> ByKind =
        MessageKind.All.ToFrozenDictionary(kind => kind, Read, StringComparer.Ordinal);

    private readonly string _subject;
    private readonly string _body;

    private Template(string subject, string body) => (_subject, _body) = (subject, body);

    public static Template Of(string kind) => ByKind[kind];

    /// <summary>Fills the placeholders in.</summary>
    /// <exception cref="KeyNotFoundException">The template names a value that is not given.</exception>
    public (string Subject, string Body) Render(IReadOnlyDictionary<string, string> values) =>
        (OneLine(Fill(_subject, values)), Fill(_body, values));

    /// <summary>Fills a stored message's placeholder of the name in.</summary>
    public static (string Subject, string Body) Personalize(string subject, string body, string name) =>
        (OneLine(subject.Replace(Name, name, StringComparison.Ordinal)), body.Replace(Name, name, StringComparison.Ordinal));

    // A single pass, so that a value that looks like a placeholder stays as it is.
    private static string Fill(string text, IReadOnlyDictionary<string, string> values) =>
        Placeholder().Replace(text, match => values[match.Groups["name"].Value]);

    // A value must not forge a mail header.
    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));

    private static Template Read(string kind)
    {
        var file = kind + ".txt";
        using var stream = typeof(Template).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"Template '{file}' is not embedded.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var first = reader.ReadLine() ?? "";
        if (!first.StartsWith(SubjectPrefix, StringComparison.Ordinal) || reader.ReadLine() is not "")
        {
            throw new InvalidOperationException($"Template '{file}' must start with '{SubjectPrefix}…' and an empty line.");
        }

        return new Template(first[SubjectPrefix.Length..], reader.ReadToEnd());
    }

    [GeneratedRegex(@"\{(?<name>[a-zA-Z]+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
