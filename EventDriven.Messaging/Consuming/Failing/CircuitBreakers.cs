using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using EventDriven.Messaging.Telemetry;

namespace EventDriven.Messaging.Consuming.Failing;

/// <summary>The circuit breakers of the service's groups, one for each of their topics.</summary>
internal sealed class CircuitBreakers
{
    private readonly ConcurrentDictionary<(string Group, string Topic), CircuitBreaker> _breakers = new();
    private readonly (string Group, string Topic)[] _topics;

    public CircuitBreakers(IMeterFactory factory, IEnumerable<ConsumerGroup> groups)
    {
        _topics = [.. from @group in groups from topic in @group.Topics select (@group.Name, topic)];
        factory.Create(MessagingMetrics.MeterName).CreateObservableGauge(
            "messaging.consumer.halted", Measure, "{group}", "1 while a group pauses a topic because too much of it fails; else 0.");
    }

    /// <summary>The topics of groups where failing events may not become dead letters now, by name.</summary>
    public IReadOnlyList<OpenCircuit> All => [.. _breakers
        .Select(breaker => (breaker.Key.Group, breaker.Key.Topic, breaker.Value.Pauses, breaker.Value.Refuses))
        .Where(breaker => breaker.Refuses is not null)
        .Select(breaker => new OpenCircuit(breaker.Group, breaker.Topic, breaker.Refuses!, IsPaused: breaker.Pauses is not null))
        .OrderBy(topic => topic.Group, StringComparer.Ordinal).ThenBy(topic => topic.Topic, StringComparer.Ordinal)];

    /// <summary>
    /// A topic's breaker: the same for as long as the process lives, so that no rebalance and no pause makes it forget what failed.
    /// </summary>
    public CircuitBreaker BreakerOf(string group, string topic, Func<CircuitBreaker> make) =>
        _breakers.GetOrAdd((group, topic), _ => make());

    private IEnumerable<Measurement<long>> Measure() => _topics.Select(topic => new Measurement<long>(
        _breakers.TryGetValue(topic, out var breaker) && breaker.Pauses is not null ? 1 : 0,
        new KeyValuePair<string, object?>("messaging.consumer.group.name", topic.Group),
        new KeyValuePair<string, object?>("messaging.destination.name", topic.Topic)));
}
