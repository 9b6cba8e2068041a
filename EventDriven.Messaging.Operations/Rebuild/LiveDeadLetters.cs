using Confluent.Kafka;
using Npgsql;

namespace EventDriven.Messaging.Operations.Rebuild;

/// <summary>
/// The dead letters of the group whose read model is rebuilt: what it has not applied and waits for an operator, or never will. A rebuild leaves the
/// same out, or the order of a key would be lost with the next redrive (law L5).
/// </summary>
internal sealed class LiveDeadLetters
{
    private readonly HashSet<TopicPartitionOffset> _waiting = [];
    private readonly HashSet<TopicPartitionOffset> _discarded = [];
    private readonly Dictionary<(TopicPartition Partition, string Key), long> _parked = [];

    private LiveDeadLetters()
    {
    }

    public IReadOnlySet<TopicPartitionOffset> Discarded => _discarded;

    /// <summary>Reads them; not those of hearsay, which hold up nothing.</summary>
    public static async Task<LiveDeadLetters> ReadAsync(NpgsqlConnection database, string group, string cluster, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT topic, partition, "offset", key, state FROM messaging.dead_letters WHERE "group" = $1 AND cluster = $2 AND state <> 'redriven'
              AND topic <> ALL (SELECT unnest(hearsay_topics) FROM messaging.consumer_groups WHERE "group" = $1)
            """,
            database)
        {
            Parameters = { new() { Value = group }, new() { Value = cluster } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var letters = new LiveDeadLetters();
        while (await reader.ReadAsync(cancellationToken))
        {
            var place = new TopicPartitionOffset(reader.GetString(0), reader.GetInt32(1), reader.GetInt64(2));
            letters.Add(place, await reader.IsDBNullAsync(3, cancellationToken) ? null : reader.GetString(3), reader.GetString(4) == "discarded");
        }

        return letters;
    }

    /// <summary>Whether the group keeps this record as a dead letter.</summary>
    public bool Has(TopicPartitionOffset place) => _waiting.Contains(place) || _discarded.Contains(place);

    /// <summary>Whether the group has not applied this record, or would not: it is a dead letter, or its key is parked before it.</summary>
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
