using Confluent.Kafka;
using Npgsql;

namespace EventDriven.Messaging.Operations.DeadLetters;

/// <summary>
/// The dead letters of a live group: records that it has not applied, because they wait for an operator or were discarded. A rebuild leaves
/// the same records out, or the next redrive would break the order of a key (law L5).
/// </summary>
internal sealed class LiveDeadLetters
{
    private readonly HashSet<TopicPartitionOffset> _waiting = [];
    private readonly HashSet<TopicPartitionOffset> _discarded = [];
    private readonly Dictionary<(TopicPartition Partition, string Key), long> _parked = [];

    private LiveDeadLetters()
    {
    }

    /// <summary>Those that operators have discarded.</summary>
    public IReadOnlySet<TopicPartitionOffset> Discarded => _discarded;

    /// <summary>Reads them, except those of hearsay, which block nothing.</summary>
    public static async Task<LiveDeadLetters> ReadAsync(
        NpgsqlConnection database, string group, string cluster, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT topic, partition, "offset", key, state FROM messaging.dead_letters WHERE "group" = $1 AND cluster = $2
                AND state <> 'redriven'
              AND topic <> ALL (SELECT unnest(hearsay_topics) FROM messaging.consumer_groups WHERE "group" = $1)
            """,
            database)
        {
            Parameters = { new() { Value = group }, new() { Value = cluster } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var deadLetters = new LiveDeadLetters();
        while (await reader.ReadAsync(cancellationToken))
        {
            var place = new TopicPartitionOffset(reader.GetString(0), reader.GetInt32(1), reader.GetInt64(2));
            deadLetters.Add(
                place, await reader.IsDBNullAsync(3, cancellationToken) ? null : reader.GetString(3), reader.GetString(4) == "discarded");
        }

        return deadLetters;
    }

    /// <summary>Whether this record is a dead letter of the group.</summary>
    public bool Has(TopicPartitionOffset place) => _waiting.Contains(place) || _discarded.Contains(place);

    /// <summary>Whether this record is a dead letter of the group, or blocked by one of its key.</summary>
    public bool Holds(TopicPartitionOffset place, string? key) =>
        Has(place) || (key is not null && _parked.TryGetValue((place.TopicPartition, key), out var first) && first < place.Offset.Value);

    private void Add(TopicPartitionOffset place, string? key, bool isDiscarded)
    {
        (isDiscarded ? _discarded : _waiting).Add(place);
        if (!isDiscarded && key is not null)
        {
            var parked = (place.TopicPartition, key);
            _parked[parked] = Math.Min(place.Offset.Value, _parked.GetValueOrDefault(parked, long.MaxValue));
        }
    }
}
