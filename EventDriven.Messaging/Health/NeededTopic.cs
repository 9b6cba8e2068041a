using Confluent.Kafka.Admin;
using EventDriven.Messaging.Kafka;

namespace EventDriven.Messaging.Health;

/// <summary>A topic that the service needs on the broker.</summary>
/// <param name="Name">Name of the topic.</param>
/// <param name="Effect">What happens without the topic.</param>
/// <param name="Partitions">The declared minimum number of partitions; null if none is declared.</param>
internal sealed record NeededTopic(string Name, string Effect, int? Partitions)
{
    /// <summary>How long the inbox remembers the topic's events; null if no guarantee depends on it.</summary>
    public TimeSpan? InboxRetention { get; init; }

    /// <summary>What the service does with it.</summary>
    public required AclOperation Operation { get; init; }

    /// <summary>The right that the service lacks on the topic; null if it has it, or the broker does not say.</summary>
    /// <param name="served">The topic on the broker.</param>
    /// <param name="kafka">Who the service says it is.</param>
    public TopicFault? RightFaultOf(ServedTopic? served, KafkaSettings kafka) =>
        served?.Allowed is { } allowed && !allowed.Contains(Operation) && !allowed.Contains(AclOperation.All)
            ? new TopicFault(
                Name,
                $"Topic '{Name}' refuses this service the operation {Operation}: {Effect}. "
                + $"Grant it, for example: {BrokerRefusal.GrantOnTopic(kafka, Name, $"{Operation}")}")
            : null;

    /// <summary>What is wrong with the topic on the broker; null if nothing is.</summary>
    /// <param name="served">The topic on the broker; null if it does not exist there.</param>
    public TopicFault? FaultOf(ServedTopic? served)
    {
        if (served is null)
        {
            var partitions = Partitions is { } declared ? $" --partitions {declared}" : "";
            return new TopicFault(
                Name,
                $"Topic '{Name}' does not exist on the broker, or this service may not see it: {Effect}. "
                + $"Create it, for example: kafka-topics.sh --create --topic {Name}{partitions}");
        }

        if (Partitions > served.Partitions)
        {
            return new TopicFault(
                Name,
                $"Topic '{Name}' has {served.Partitions} partitions, but {Partitions} are declared: fewer events are handled at once. "
                + "Add partitions while no event waits, because keys move to other partitions: "
                + $"kafka-topics.sh --alter --topic {Name} --partitions {Partitions}");
        }

        return InboxRetention < served.LongestLife
            ? new TopicFault(
                Name,
                $"Topic '{Name}' keeps an event for up to {served.LongestLife.Value.TotalDays:0.#} days (retention.ms plus segment.ms), "
                + $"but the inbox remembers it for only {InboxRetention.Value.TotalDays:0.#}: "
                + "an event that is read again after that repeats its effect. "
                + $"Set Messaging:Consumer:InboxRetention to {Math.Ceiling(served.LongestLife.Value.TotalDays):0}.00:00:00, "
                + "or lower the topic's retention.ms or segment.ms")
            : null;
    }
}
