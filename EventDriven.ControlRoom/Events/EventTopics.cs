using EventDriven.ControlRoom.Flow;
using EventDriven.Messaging.Operations.Logs;

namespace EventDriven.ControlRoom.Events;

/// <summary>The topics that the system has.</summary>
internal sealed class EventTopics(LogBrowser log, FlowState flow)
{
    /// <summary>All of them, by name.</summary>
    /// <exception cref="Confluent.Kafka.KafkaException">The broker can't be reached, or refuses.</exception>
    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => log.ListTopicsAsync(cancellationToken);

    /// <summary>Those with facts: what groups read, without what tells of their own work, such as receipts.</summary>
    /// <exception cref="Confluent.Kafka.KafkaException">The broker can't be reached, or refuses.</exception>
    public async Task<IReadOnlyCollection<string>> OfFactsAsync(CancellationToken cancellationToken) =>
        flow.Status is { Groups: { Count: > 0 } groups }
            ? [.. groups.SelectMany(group => group.Group.Topics.Except(group.Group.HearsayTopics)).Distinct(StringComparer.Ordinal)]
            : await ListAsync(cancellationToken);
}
