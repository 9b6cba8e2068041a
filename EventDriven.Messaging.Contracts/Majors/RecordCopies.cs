using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using EventDriven.Messaging.Contracts.Model;

namespace EventDriven.Messaging.Contracts.Majors;

/// <summary>The sources of a new major version, made from those of the former one.</summary>
/// <param name="major">The new version.</param>
/// <param name="formerTopic">The topic of the former one.</param>
/// <param name="topic">The new topic.</param>
/// <param name="events">The events of the former topic.</param>
internal sealed partial class RecordCopies(int major, string formerTopic, string topic, IReadOnlyList<EventContract> events)
{
    private readonly IReadOnlyDictionary<Type, string> _sources = SourcesOf(events);
    private readonly string _version = $"V{major}";

    /// <summary>The new topic.</summary>
    public string Topic => topic;

    /// <summary>Namespace of the new records.</summary>
    public string Namespace => $"{Beside(FormerNamespace, '.')}.{_version}";

    // The folder and the namespace of the first event are those of all.
    private string Folder => Path.Combine(Beside(Path.GetDirectoryName(events[0].At.File)!, Path.DirectorySeparatorChar), _version);

    private string FormerNamespace => events[0].Record.Namespace ?? "";

    /// <summary>The records of the new version, a file for each of the former.</summary>
    public IEnumerable<(string Path, string Text)> Records() => _sources.Values.Distinct().Select(file =>
        (Path.Combine(Folder, Path.GetFileName(file)), Copy(Read(file))));

    /// <summary>Makes each new record from the former one.</summary>
    public (string Path, string Text) Conversions()
    {
        var conversion = new RecordConversion(_version, _sources.Keys.ToHashSet());
        var methods = _sources.Keys.OrderByDescending(IsEvent).ThenBy(type => type.Name, StringComparer.Ordinal).Select(type =>
            $$"""
                /// <summary>Says the same in version {{major.ToString(CultureInfo.InvariantCulture)}}.</summary>
                public static {{type.Name}} To{{_version}}(this Former.{{type.Name}} former) =>
                    {{conversion.Of(type)}};
            """);
        var text =
            $$"""
            using Former = {{FormerNamespace}};

            namespace {{Namespace}};

            /// <summary>Makes the events of {{topic}} from those of {{formerTopic}}, while both are published.</summary>
            public static class Conversions
            {
            {{string.Join("\n\n", methods)}}
            }

            """;
        return (Path.Combine(Folder, "Conversions.cs"), text);
    }

    private string Copy(string source)
    {
        var copy = new StringBuilder(NamespaceLine().Replace(source, $"namespace {Namespace}", 1))
            .Replace($"Topic = \"{formerTopic}\"", $"Topic = \"{topic}\"");
        foreach (var type in events.Select(contract => contract.Type))
        {
            copy.Replace($"\"{type}\"", $"\"{Next(type)}\"");
        }

        return copy.ToString();
    }

    // A version's records stand in a folder and a namespace of the first one's.
    private static string Beside(string place, char separator) =>
        place[(place.LastIndexOf(separator) + 1)..] is ['V', .. { Length: > 0 } digits] && digits.All(char.IsAsciiDigit)
            ? place[..place.LastIndexOf(separator)]
            : place;

    private static string Next(string type) =>
        string.Create(CultureInfo.InvariantCulture, $"{type[..type.LastIndexOf('.')]}.v{EventName.MajorOf(type) + 1}");

    private static string Read(string file) => File.Exists(file)
        ? File.ReadAllText(file)
        : throw new ContractException(
            $"{file} is not there, from which its record was compiled. Build it here, with symbols, and without DeterministicSourcePaths.");

    private static bool IsEvent(Type type) => EventName.Find(type) is not null;

    /// <summary>The files of the events' records and of the records of their namespace that are within them.</summary>
    private static Dictionary<Type, string> SourcesOf(IEnumerable<EventContract> events)
    {
        var sources = new Dictionary<Type, string>();
        foreach (var contract in events)
        {
            sources[contract.Record] = contract.At.File;
            foreach (var inner in RecordConversion.Within(contract.Record).Where(inner => inner.Namespace == contract.Record.Namespace))
            {
                sources[inner] = contract.Members
                    .First(member => member.Name.StartsWith(inner.Name + ".", StringComparison.Ordinal)).At.File;
            }
        }

        return sources;
    }

    [GeneratedRegex(@"^namespace\s+[\w.]+", RegexOptions.Multiline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex NamespaceLine();
}
