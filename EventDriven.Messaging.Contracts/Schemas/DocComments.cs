using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace EventDriven.Messaging.Contracts.Schemas;

/// <summary>Doc comments of an assembly, from the XML file beside it, as plain text.</summary>
internal sealed partial class DocComments
{
    private readonly Dictionary<string, XElement> _members;

    private DocComments(Dictionary<string, XElement> members) => _members = members;

    /// <summary>Reads the file beside an assembly. Without one there are no comments.</summary>
    public static DocComments Beside(string assemblyPath)
    {
        var path = Path.ChangeExtension(assemblyPath, ".xml");
        if (!File.Exists(path))
        {
            return new DocComments([]);
        }

        using var reader = XmlReader.Create(path, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        return new DocComments(XDocument.Load(reader).Descendants("member")
            .Where(member => member.Attribute("name") is not null)
            .ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal));
    }

    /// <summary>The summary of a type.</summary>
    public string? Summary(Type type) => Text(_members.GetValueOrDefault($"T:{Name(type)}")?.Element("summary"));

    /// <summary>The summary of a property; of a positional record's, the parameter's comment.</summary>
    public string? Summary(MemberInfo member) =>
        Text(_members.GetValueOrDefault($"P:{Name(member.DeclaringType!)}.{member.Name}")?.Element("summary"))
        ?? Text(_members.GetValueOrDefault($"T:{Name(member.DeclaringType!)}")?.Elements("param")
            .FirstOrDefault(parameter => parameter.Attribute("name")?.Value == member.Name));

    private static string Name(Type type) => type.FullName!.Replace('+', '.');

    private static string? Text(XElement? element)
    {
        if (element is null)
        {
            return null;
        }

        var text = string.Concat(element.DescendantNodes().Select(node => node switch
        {
            XText words => words.Value,
            XElement { IsEmpty: true } reference => Referenced(reference),
            _ => "",
        }));
        return Spaces().Replace(text, " ").Trim() is { Length: > 0 } plain ? plain : null;
    }

    private static string Referenced(XElement reference)
    {
        var named = (reference.Attribute("name") ?? reference.Attribute("cref") ?? reference.Attribute("langword"))?.Value ?? "";
        return named[(named.LastIndexOfAny(['.', ':']) + 1)..];
    }

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces();
}
