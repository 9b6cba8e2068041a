using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace EventDriven.Cli.Reference;

/// <summary>What the doc comments of types say, from the files that the compiler writes beside their assemblies.</summary>
internal static partial class TypeDocumentation
{
    private static readonly ConcurrentDictionary<Assembly, IReadOnlyDictionary<string, XElement>> Read = new();

    /// <summary>What a type is.</summary>
    public static string? Of(Type type) => Text(Member(type)?.Element("summary"));

    /// <summary>What a property of a record is, which is a parameter of it.</summary>
    public static string? Of(Type type, string property) => Text(
        Member(type)?.Elements("param").FirstOrDefault(parameter => (string?)parameter.Attribute("name") == property));

    private static XElement? Member(Type type) =>
        Read.GetOrAdd(type.Assembly, Members).GetValueOrDefault($"T:{type.FullName?.Replace('+', '.')}");

    private static IReadOnlyDictionary<string, XElement> Members(Assembly assembly)
    {
        var file = Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml");
        return File.Exists(file)
            ? XDocument.Load(file).Descendants("member").Where(member => member.Attribute("name") is not null)
                .ToDictionary(member => (string)member.Attribute("name")!, StringComparer.Ordinal)
            : new Dictionary<string, XElement>(StringComparer.Ordinal);
    }

    private static string? Text(XElement? element) => element is null
        ? null
        : Spaces().Replace(string.Concat(element.Nodes().Select(Text)), " ").Trim();

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" or "paramref" } link =>
            ((string?)link.Attribute("cref") ?? (string?)link.Attribute("name") ?? "").Split('.', ':', '(')[^1],
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement other => string.Concat(other.Nodes().Select(Text)),
        _ => "",
    };

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Spaces();
}
