#if EVENTDRIVEN_HOSTING
namespace EventDriven.Hosting.Kafka.Settings;
#else
namespace EventDriven.Messaging.Kafka.Settings;
#endif

/// <summary>Reserved settings of librdkafka: messaging sets them itself, because its guarantees depend on them.</summary>
internal static class KafkaGuarantees
{
    private const string Acknowledged = "an event leaves the outbox only when every in-sync replica has it.";
    private const string Ordered = "the events of a key keep their order.";
    private const string Done = "an offset is stored only when its event is done.";
    private const string Members = "the group is named by AddConsumer.";

    private static readonly Dictionary<string, string> Reasons = new(StringComparer.OrdinalIgnoreCase)
    {
        ["acks"] = Acknowledged,
        ["request.required.acks"] = Acknowledged,
        ["message.timeout.ms"] = Acknowledged,
        ["delivery.timeout.ms"] = Acknowledged,
        ["retries"] = Acknowledged,
        ["message.send.max.retries"] = Acknowledged,
        ["enable.idempotence"] = Ordered,
        ["transactional.id"] = Ordered,
        ["max.in.flight"] = Ordered,
        ["max.in.flight.requests.per.connection"] = Ordered,
        ["partitioner"] = Ordered,
        ["message.max.bytes"] = "the outbox refuses events that are too large before they are committed.",
        ["enable.auto.commit"] = Done,
        ["enable.auto.offset.store"] = Done,
        ["enable.partition.eof"] = Done,
        ["auto.offset.reset"] = "a new group begins with the first event of the log.",
        ["isolation.level"] = "a group reads only what is committed.",
        ["partition.assignment.strategy"] = "partitions are drained before they are given up.",
        ["group.protocol"] = "partitions are drained before they are given up.",
        ["group.id"] = Members,
        ["group.instance.id"] = "Messaging:Consumer:InstanceId does it.",
        ["session.timeout.ms"] = "Messaging:Consumer:SessionTimeout does it.",
        ["heartbeat.interval.ms"] = "it follows from Messaging:Consumer:SessionTimeout.",
        ["allow.auto.create.topics"] = "a topic is created with the partitions and the retention that it needs, not by the first who asks.",
    };

    /// <summary>Names of the reserved settings, aliases included.</summary>
    public static IReadOnlyCollection<string> Names => Reasons.Keys;

    /// <summary>Refuses reserved settings.</summary>
    /// <exception cref="InvalidOperationException">A setting is reserved. The message names it and why.</exception>
    public static void Check(IEnumerable<string> settings)
    {
        foreach (var name in settings)
        {
            if (Refusal(name) is { } refusal)
            {
                throw new InvalidOperationException(
                    $"The Kafka setting '{name}' can't be set: {refusal} Remove it from the connection string or from Messaging:Kafka.");
            }
        }
    }

    /// <summary>Why a setting can't be set; null when it can.</summary>
    private static string? Refusal(string setting) =>
        Reasons.GetValueOrDefault(setting)
        ?? (setting.StartsWith("dotnet.", StringComparison.OrdinalIgnoreCase) ? "the library uses the .NET client as it needs it." : null);
}
