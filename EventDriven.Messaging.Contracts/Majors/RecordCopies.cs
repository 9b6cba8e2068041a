using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using EventDriven.Messaging.Contracts.Model;

namespace EventDriven.Messaging.Contracts.Majors;

/// <summary>The sources of a new major version, made from those of the former one.</summary>
internal sealed partial class RecordCopies
{
    private readonly int _major;
    private readonly string _formerTopic;
    private readonly IReadOnlyList<EventContract> _events;
    private readonly Dictionary<Type, string> _files;
    private readonly Dictionary<string, string> _sources;
    private readonly string _formerNamespace;

    /// <param name="major">The new version.</param>
    /// <param name="formerTopic">The topic of the former one.</param>
    /// <param name="topic">The new topic.</param>
    /// <param name="events">The events of the former topic.</param>
    /// <exception cref="ContractException">The records' sources are not there, or of a form that can't be copied.</exception>
    public RecordCopies(int major, string formerTopic, string topic, IReadOnlyList<EventContract> events)
    {
        (_major, _formerTopic, Topic, _events) = (major, formerTopic, topic, events);
        _files = FilesOf(events);
        _sources = _files.Values.Distinct().ToDictionary(file => file, Read, StringComparer.Ordinal);
        _formerNamespace = RequireOnePlace(_files);
    }

    /// <summary>The new topic.</summary>
    public string Topic { get; }

    /// <summary>What the new records' folder is called, and what their namespace ends with.</summary>
    public string Version => $"V{_major}";

    /// <summary>Namespace of the new records.</summary>
    public string Namespace => $"{Beside(_formerNamespace, '.')}.{Version}";

    private string Folder => Path.Combine(Beside(Path.GetDirectoryName(_events[0].At.File)!, Path.DirectorySeparatorChar), Version);

    /// <summary>The records of the new version, a file for each of the former.</summary>
    public IEnumerable<(string Path, string Text)> Records() =>
        _sources.Select(source => (Path.Combine(Folder, Path.GetFileName(source.Key)), Copy(source.Value)));

    /// <summary>Makes each new record from the former one.</summary>
    public (string Path, string Text) Conversions()
    {
        var conversion = new RecordConversion(Version, _files.Keys.ToHashSet(), IsCopiedEnum);
        var access = _files.Keys.All(type => type.IsVisible) ? "public" : "internal";
        var methods = _files.Keys.OrderByDescending(IsEvent).ThenBy(type => type.Name, StringComparer.Ordinal).Select(type =>
            $$"""
                /// <summary>Says the same in version {{_major.ToString(CultureInfo.InvariantCulture)}}.</summary>
                {{access}} static {{type.Name}} To{{Version}}(this Former.{{type.Name}} former) =>
                    {{conversion.Of(type)}};
            """);
        var text =
            $$"""
            using Former = {{_formerNamespace}};

            namespace {{Namespace}};

            /// <summary>Makes the events of {{Topic}} from those of {{_formerTopic}}, while both are published.</summary>
            {{access}} static class Conversions
            {
            {{string.Join("\n\n", methods)}}
            }

            """;
        return (Path.Combine(Folder, "Conversions.cs"), text);
    }

    private string Copy(string source)
    {
        var copy = new StringBuilder(NamespaceLine().Replace(source, $"namespace {Namespace}", 1))
            .Replace($"Topic = \"{_formerTopic}\"", $"Topic = \"{Topic}\"");
        foreach (var type in _events.Select(contract => contract.Type))
        {
            copy.Replace($"\"{type}\"", $"\"{Next(type)}\"");
        }

        // What the former version has beside its records is not copied, and stands in a namespace that this one doesn't see.
        return _formerNamespace == Beside(_formerNamespace, '.') ? copy.ToString() : $"using {_formerNamespace};\n{copy}";
    }

    private bool IsCopiedEnum(Type type) =>
        type.IsEnum && type.Namespace == _formerNamespace
        && _sources.Values.Any(source => Regex.IsMatch(source, $@"\benum\s+{type.Name}\b", RegexOptions.None, TimeSpan.FromSeconds(1)));

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
    private static Dictionary<Type, string> FilesOf(IEnumerable<EventContract> events)
    {
        var files = new Dictionary<Type, string>();
        foreach (var contract in events)
        {
            files[contract.Record] = contract.At.File;
            foreach (var inner in RecordConversion.Within(contract.Record).Where(inner => inner.Namespace == contract.Record.Namespace))
            {
                // One without a member in the data stays as it is.
                var member = contract.Members.FirstOrDefault(m => m.Name.StartsWith(inner.Name + ".", StringComparison.Ordinal));
                if (member is not null)
                {
                    files[inner] = member.At.File;
                }
            }
        }

        return files;
    }

    private static string RequireOnePlace(Dictionary<Type, string> files)
    {
        var (first, file) = files.First();
        foreach (var (type, other) in files)
        {
            if (type.Namespace is not { } found || found != first.Namespace || type.IsNested
                || Path.GetDirectoryName(other) != Path.GetDirectoryName(file) || Path.GetFileName(other) == "Program.cs")
            {
                throw new ContractException(
                    $"{type.Name} ({other}) can't be copied: the records of a topic are declared in one folder and one namespace, not "
                    + "within another type, and not in Program.cs. Move it to a file beside the others, build, and try again.");
            }
        }

        return first.Namespace!;
    }

    [GeneratedRegex(@"^namespace\s+[\w.]+", RegexOptions.Multiline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex NamespaceLine();
}
