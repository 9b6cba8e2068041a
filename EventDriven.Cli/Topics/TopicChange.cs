using EventDriven.Contracts;

namespace EventDriven.Cli.Topics;

/// <summary>What brings a topic to its declaration. Only ever more of something: what a broker keeps beyond it stays.</summary>
internal sealed record TopicChange(TopicDefinition Topic, bool Create, bool GrowPartitions, bool LengthenRetention)
{
    public bool IsNeeded => Create || GrowPartitions || LengthenRetention;

    /// <summary>What there is to do, topic by topic.</summary>
    /// <param name="declared">The topics as Contracts declares them.</param>
    /// <param name="existing">Those that the broker has, by name.</param>
    public static IReadOnlyList<TopicChange> Between(IReadOnlyList<TopicDefinition> declared, IReadOnlyDictionary<string, BrokerTopic> existing) =>
        [.. declared.Select(topic => Between(topic, existing.GetValueOrDefault(topic.Name)))];

    /// <param name="declared">The topic as Contracts declares it.</param>
    /// <param name="existing">The topic as the broker has it; null when it has none.</param>
    public static TopicChange Between(TopicDefinition declared, BrokerTopic? existing) => existing is null
        ? new TopicChange(declared, Create: true, GrowPartitions: false, LengthenRetention: false)
        : new TopicChange(
            declared,
            Create: false,
            GrowPartitions: existing.Partitions < declared.Partitions,
            LengthenRetention: existing.Retention is { } retention && retention != Timeout.InfiniteTimeSpan && retention < declared.Retention);
}
