using System.Reflection;

namespace EventDriven.Messaging.Contracts.Model;

/// <summary>A topic as the contracts' assembly declares it.</summary>
/// <param name="Name">Kafka name.</param>
/// <param name="Partitions">Number of partitions.</param>
/// <param name="Retention">How long the broker keeps an event.</param>
internal sealed record TopicSettings(string Name, int Partitions, TimeSpan Retention)
{
    /// <summary>
    /// The topics that are declared beside the records, by name: the public static fields whose type has <c>Name</c>, <c>Partitions</c> and
    /// <c>Retention</c>. Contracts need no type of ours for that.
    /// </summary>
    public static IReadOnlyDictionary<string, TopicSettings> DeclaredBeside(Landscape landscape) => landscape.Contracts
        .Select(contract => contract.Record.Assembly)
        .Distinct()
        .SelectMany(assembly => assembly.GetExportedTypes())
        .Where(type => !type.ContainsGenericParameters)
        .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
        .Select(Of)
        .OfType<TopicSettings>()
        .DistinctBy(topic => topic.Name, StringComparer.Ordinal)
        .ToDictionary(topic => topic.Name, StringComparer.Ordinal);

    private static TopicSettings? Of(FieldInfo field)
    {
        var name = field.FieldType.GetProperty(nameof(Name), typeof(string));
        var partitions = field.FieldType.GetProperty(nameof(Partitions), typeof(int));
        var retention = field.FieldType.GetProperty(nameof(Retention), typeof(TimeSpan));
        return name is not null && partitions is not null && retention is not null && field.GetValue(obj: null) is { } topic
            ? new TopicSettings((string)name.GetValue(topic)!, (int)partitions.GetValue(topic)!, (TimeSpan)retention.GetValue(topic)!)
            : null;
    }
}
