using System.Globalization;
using System.Net;

namespace EventDriven.Messaging.Contracts.Pages;

/// <summary>A piece of HTML. What is put into one is encoded, unless it is HTML itself.</summary>
internal sealed class Html
{
    private readonly string _text;

    private Html(string text) => _text = text;

    /// <summary>Nothing.</summary>
    public static Html Empty { get; } = new("");

    /// <summary>HTML with holes: <c>Html.Of($"&lt;td&gt;{name}&lt;/td&gt;")</c> encodes the name.</summary>
    public static Html Of(FormattableString html) => new(string.Format(
        CultureInfo.InvariantCulture, html.Format, [.. html.GetArguments().Select(argument => Encoded(argument)._text)]));

    /// <summary>HTML that the program has as a file.</summary>
    public static Html Resource(string name)
    {
        using var stream = typeof(Html).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"There is no {name}.");
        using var reader = new StreamReader(stream);
        return new Html(reader.ReadToEnd().ReplaceLineEndings("\n"));
    }

    /// <summary>Pieces one after another.</summary>
    public static Html Join(string separator, IEnumerable<Html> pieces) =>
        new(string.Join(WebUtility.HtmlEncode(separator), pieces.Select(piece => piece._text)));

    public override string ToString() => _text;

    private static Html Encoded(object? value) => value switch
    {
        Html html => html,
        IEnumerable<Html> pieces => Join("", pieces),
        _ => new Html(WebUtility.HtmlEncode(Convert.ToString(value, CultureInfo.InvariantCulture)) ?? ""),
    };
}
