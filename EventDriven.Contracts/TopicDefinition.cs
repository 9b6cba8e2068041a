using EventDriven.Messaging;

namespace EventDriven.Contracts;

/// <summary>A declared topic. <c>topics apply</c> creates it and never shrinks it.</summary>
/// <param name="Name">Kafka name, ending in the contract's major version (<c>orders.v1</c>).</param>
/// <param name="Partitions">Number of partitions; growing it later moves keys to other partitions.</param>
/// <param name="Retention">How long the broker keeps an event.</param>
public sealed record TopicDefinition(string Name, int Partitions, TimeSpan Retention)
{
    /// <summary>The topic as a service names it: that it has the declared partitions is then checked at the service's start.</summary>
    public static implicit operator Topic(TopicDefinition topic) => topic.ToTopic();

    /// <summary>The topic as a service names it.</summary>
    public Topic ToTopic() => new(Name, Partitions);
}
