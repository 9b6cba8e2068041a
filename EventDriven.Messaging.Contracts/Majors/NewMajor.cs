using System.Globalization;
using EventDriven.Messaging.Contracts.Model;

namespace EventDriven.Messaging.Contracts.Majors;

/// <summary>
/// The next major version of a topic: a copy of each of its records, with the records within them, and conversions from the former version.
/// The breaking change is made in the copies.
/// </summary>
/// <param name="Topic">The new topic.</param>
/// <param name="Former">The topic that it follows.</param>
/// <param name="Version">What its records' namespace ends with, such as <c>V2</c>.</param>
/// <param name="Namespace">Namespace of its records.</param>
/// <param name="Events">The events of the former topic.</param>
/// <param name="Files">The new files, by path.</param>
internal sealed record NewMajor(
    string Topic,
    string Former,
    string Version,
    string Namespace,
    IReadOnlyList<EventContract> Events,
    IReadOnlyDictionary<string, string> Files)
{
    /// <summary>Makes the files, in memory.</summary>
    /// <param name="landscape">The solution as compiled.</param>
    /// <param name="topic">A topic without its version (<c>orders</c>), of which the highest is meant; or one with it.</param>
    /// <exception cref="ContractException">
    /// There is no such topic, a record's source can't be found, or the next version is there already.
    /// </exception>
    public static NewMajor Of(Landscape landscape, string topic)
    {
        var topics = landscape.Contracts.Select(contract => contract.Topic).Distinct().ToList();
        var former = topics.Contains(topic) ? topic : topics.Where(t => Split(t).Name == topic).MaxBy(t => Split(t).Major)
            ?? throw new ContractException(
                $"No event is published to '{topic}'. Topics: {string.Join(", ", topics.Order(StringComparer.Ordinal))}.");
        var (name, major) = Split(former);
        var events = landscape.Contracts.Where(contract => contract.Topic == former).ToList();
        var copies = new RecordCopies(major + 1, former, $"{name}.v{major + 1}", events);
        var files = copies.Records().Append(copies.Conversions())
            .ToDictionary(file => file.Path, file => file.Text, StringComparer.Ordinal);
        if (files.Keys.FirstOrDefault(File.Exists) is { } present)
        {
            throw new ContractException($"{present} is there already: change that one, or remove it to begin anew.");
        }

        return new NewMajor(copies.Topic, former, copies.Version, copies.Namespace, events, files);
    }

    /// <summary>Writes the files.</summary>
    public void Write()
    {
        foreach (var (path, text) in Files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
    }

    // A topic names its version as an event does; without one it is the first.
    private static (string Name, short Major) Split(string topic)
    {
        var major = EventName.MajorOf(topic);
        var suffix = string.Create(CultureInfo.InvariantCulture, $".v{major}");
        return (topic.EndsWith(suffix, StringComparison.Ordinal) ? topic[..^suffix.Length] : topic, major);
    }
}
