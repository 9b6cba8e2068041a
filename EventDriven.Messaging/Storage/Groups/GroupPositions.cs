using Confluent.Kafka;
using Confluent.Kafka.Admin;
using EventDriven.Messaging.Kafka;
using Npgsql;

namespace EventDriven.Messaging.Storage.Groups;

/// <summary>How far a group has come: the offset of the next event of each partition, where the group keeps it.</summary>
internal static class GroupPositions
{
    private const int Attempts = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>The stored positions; a partition of which the group has stored none is missing.</summary>
    /// <param name="admin">A client of the group's cluster.</param>
    /// <param name="database">The group's own.</param>
    /// <param name="group">The group.</param>
    /// <param name="partitions">Of which positions are wanted.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="KafkaException">The broker can't be reached, or refuses.</exception>
    public static Task<IReadOnlyDictionary<TopicPartition, long>> ReadAsync(
        KafkaAdmin admin,
        NpgsqlConnection database,
        RegisteredGroup group,
        IReadOnlyCollection<TopicPartition> partitions,
        CancellationToken cancellationToken) =>
        group.OffsetsInDatabase
            ? ReadDatabaseAsync(database, group, cancellationToken)
            : ReadKafkaAsync(admin, group, partitions, cancellationToken);

    /// <summary>Sets positions of a group that pauses and has no members.</summary>
    /// <exception cref="KafkaException">The broker can't be reached, or the group has members.</exception>
    /// <exception cref="InvalidOperationException">The pause is over.</exception>
    public static Task SetAsync(
        KafkaAdmin admin,
        NpgsqlConnection database,
        RegisteredGroup group,
        IReadOnlyDictionary<TopicPartition, long> positions,
        CancellationToken cancellationToken) =>
        group.OffsetsInDatabase
            ? SetDatabaseAsync(database, group, positions, cancellationToken)
            : SetKafkaAsync(admin.Client, group, positions, cancellationToken);

    private static async Task<IReadOnlyDictionary<TopicPartition, long>> ReadKafkaAsync(
        KafkaAdmin admin, RegisteredGroup group, IReadOnlyCollection<TopicPartition> partitions, CancellationToken cancellationToken)
    {
        if (partitions.Count == 0)
        {
            return new Dictionary<TopicPartition, long>();
        }

        return (await CommittedAsync(admin, group.Name, partitions, cancellationToken))
            .Where(partition => partition.Offset >= 0)
            .ToDictionary(partition => partition.TopicPartition, partition => partition.Offset.Value);
    }

    private static async Task<List<TopicPartitionOffset>> CommittedAsync(
        KafkaAdmin admin, string group, IReadOnlyCollection<TopicPartition> partitions, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await admin.CommittedAsync(group, partitions, cancellationToken);
            }
            catch (KafkaException exception) when (IsPassing(exception.Error.Code) && attempt < Attempts)
            {
                await Task.Delay(Pause, TimeProvider.System, cancellationToken);
            }
        }
    }

    // The group is moving to another broker; while that one loads it, the client waits by itself.
    private static bool IsPassing(ErrorCode code) => code is ErrorCode.NotCoordinatorForGroup or ErrorCode.GroupCoordinatorNotAvailable;

    private static async Task<IReadOnlyDictionary<TopicPartition, long>> ReadDatabaseAsync(
        NpgsqlConnection database, RegisteredGroup group, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """SELECT topic, partition, next_offset FROM messaging.consumer_offsets WHERE "group" = $1 AND cluster = $2""", database)
        {
            Parameters = { new() { Value = group.Name }, new() { Value = group.Cluster } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var positions = new Dictionary<TopicPartition, long>();
        while (await reader.ReadAsync(cancellationToken))
        {
            positions.Add(new TopicPartition(reader.GetString(0), reader.GetInt32(1)), reader.GetInt64(2));
        }

        return positions;
    }

    private static async Task SetKafkaAsync(
        IAdminClient admin, RegisteredGroup group, IReadOnlyDictionary<TopicPartition, long> positions, CancellationToken cancellationToken)
    {
        var offsets = positions.Select(p => new TopicPartitionOffset(p.Key, p.Value)).ToList();
        await admin.AlterConsumerGroupOffsetsAsync(
            [new ConsumerGroupTopicPartitionOffsets(group.Name, offsets)],
            new AlterConsumerGroupOffsetsOptions { RequestTimeout = PartitionBounds.RequestTimeout }).WaitAsync(cancellationToken);
    }

    private static async Task SetDatabaseAsync(
        NpgsqlConnection database,
        RegisteredGroup group,
        IReadOnlyDictionary<TopicPartition, long> positions,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO messaging.consumer_offsets ("group", topic, partition, cluster, next_offset)
            SELECT $1, topic, partition, $2, next_offset FROM unnest($3, $4, $5) AS p (topic, partition, next_offset)
            WHERE EXISTS (SELECT FROM messaging.consumer_groups WHERE "group" = $1 AND paused_until > now())
            ON CONFLICT ("group", topic, partition) DO UPDATE SET cluster = excluded.cluster, next_offset = excluded.next_offset
            """,
            database)
        {
            Parameters =
            {
                new() { Value = group.Name },
                new() { Value = group.Cluster },
                new() { Value = positions.Keys.Select(p => p.Topic).ToArray() },
                new() { Value = positions.Keys.Select(p => p.Partition.Value).ToArray() },
                new() { Value = positions.Values.ToArray() },
            },
        };
        if (await command.ExecuteNonQueryAsync(cancellationToken) != positions.Count)
        {
            throw new InvalidOperationException(
                $"Group '{group.Name}' reads again: its pause ended before its positions were set. "
                + "Nothing was changed: run the replay again.");
        }
    }
}
