using Confluent.Kafka;
using Confluent.Kafka.Admin;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Storage.Groups;
using Npgsql;

namespace EventDriven.Messaging.Operations.Reconciliation;

/// <summary>
/// Compares what stands on the log with what groups have done, while everything runs: no pause, no lock, no false alarm.
/// </summary>
/// <remarks>
/// The order of reading makes that so: first how far each group has come, then the log, then inbox and dead letters. A position is stored after the
/// inbox rows and dead letters of everything before it are committed, so whatever stands below a position that was noted first is there when it is
/// looked for last; what is handled meanwhile only makes more of it found. Read the other way round, an event could be handled between the look into
/// the inbox and the look at the position, and would seem lost. What stands at or above the noted position and is not found is simply not handled
/// yet. A replay that moves positions back meanwhile changes neither what was noted nor what the inbox knows. The keys of read models are noted before
/// all of that, and looked for after it: see <see cref="ReadModelComparison"/>.
/// </remarks>
internal sealed class Reconciler
{
    private const int Portion = 10_000;

    // Rows older than the retention are deleted while this reads, and clocks differ.
    private static readonly TimeSpan Margin = TimeSpan.FromHours(1);

    private readonly KafkaAdmin _admin;
    private readonly string _bootstrapServers;
    private readonly IReadOnlyList<(RegisteredGroup Group, NpgsqlConnection Database)> _groups;
    private readonly TimeProvider _time;

    /// <param name="admin">Asks for positions and offsets.</param>
    /// <param name="bootstrapServers">Where the log is read.</param>
    /// <param name="groups">Groups, each with its service's database.</param>
    /// <param name="time">Bounds waits.</param>
    public Reconciler(
        KafkaAdmin admin, string bootstrapServers, IReadOnlyList<(RegisteredGroup Group, NpgsqlConnection Database)> groups, TimeProvider time) =>
        (_admin, _bootstrapServers, _groups, _time) = (admin, bootstrapServers, groups, time);

    /// <summary>The earliest time that a group's inbox can still answer for.</summary>
    public static DateTimeOffset Earliest(RegisteredGroup group, DateTimeOffset now) => now - group.InboxRetention + Margin;

    /// <summary>Compares what was sent since a time, by the records' own times.</summary>
    /// <param name="since">Not before <see cref="Earliest"/> of any group.</param>
    /// <param name="progress">Is told how many records of how many were read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="KafkaException">The broker can't be reached, or refuses.</exception>
    /// <exception cref="NpgsqlException">A database can't be reached.</exception>
    public async Task<ReconciliationReport> RunAsync(DateTimeOffset since, IProgress<(long Read, long All)> progress, CancellationToken cancellationToken)
    {
        var topics = _groups.SelectMany(g => g.Group.Topics.Except(g.Group.HearsayTopics, StringComparer.Ordinal)).ToHashSet(StringComparer.Ordinal);
        var readModels = await ReadModelsAsync(topics, since, cancellationToken);
        try
        {
            var positions = await PositionsAsync(cancellationToken);
            var ranges = await LogRange.FindAsync(_admin.Client, topics, since, cancellationToken);
            var report = new ReconciliationReport(since, [.. _groups.Select(g => new GroupReport(g.Group))])
            {
                UnknownTopics = [.. topics.Except(ranges.Keys.Select(partition => partition.Topic), StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            };
            await ReadAsync(ranges, positions, readModels, report, progress, cancellationToken);
            await AskDatabasesAsync(ranges, readModels, report, cancellationToken);
            return report;
        }
        finally
        {
            foreach (var readModel in readModels)
            {
                await (readModel?.DisposeAsync() ?? ValueTask.CompletedTask);
            }
        }
    }

    private async Task<ReadModelComparison?[]> ReadModelsAsync(HashSet<string> topics, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var ranges = await LogRange.FindAsync(_admin.Client, topics, since, cancellationToken);
        var readModels = new ReadModelComparison?[_groups.Count];
        for (var i = 0; i < _groups.Count; i++)
        {
            readModels[i] = await ReadModelComparison.BeginAsync(
                _groups[i].Database, _groups[i].Group, i, since, topic => LogCoverage.IsWhole(ranges, topic), cancellationToken);
        }

        return readModels;
    }

    private async Task ReadAsync(
        IReadOnlyDictionary<TopicPartition, LogRange> ranges,
        List<IReadOnlyDictionary<TopicPartition, long>> positions,
        ReadModelComparison?[] readModels,
        ReconciliationReport report,
        IProgress<(long Read, long All)> progress,
        CancellationToken cancellationToken)
    {
        using var log = new LogRecords(_bootstrapServers, ranges, _time);
        var all = ranges.Values.Sum(range => range.End - range.Begin);
        while (await Task.Run(() => log.Read(Portion, cancellationToken), cancellationToken) is { Count: > 0 } records)
        {
            report.Add(records, ranges);
            for (var i = 0; i < _groups.Count; i++)
            {
                var handled = await CompareAsync(_groups[i], positions[i], records, report, report.Groups[i], cancellationToken);
                await (readModels[i]?.AddAsync(records, handled, cancellationToken) ?? Task.CompletedTask);
            }

            progress.Report((report.Read, all));
        }
    }

    /// <summary>What only the services' own tables can tell.</summary>
    private async Task AskDatabasesAsync(
        IReadOnlyDictionary<TopicPartition, LogRange> ranges, ReadModelComparison?[] readModels, ReconciliationReport report, CancellationToken cancellationToken)
    {
        var lows = ranges.Count == 0
            ? new Dictionary<TopicPartition, long>()
            : await PartitionBounds.OffsetsAsync(_admin.Client, [.. ranges.Keys], OffsetSpec.Earliest(), cancellationToken);
        for (var i = 0; i < _groups.Count; i++)
        {
            var (group, database) = _groups[i];
            if (await DoubledEffects.FindAsync(database, group, GroupReport.Listed, cancellationToken) is { } doubled)
            {
                report.Groups[i].Add(doubled);
            }

            if (readModels[i] is { } readModel)
            {
                report.Groups[i].Add(await readModel.EndAsync(
                    topic => LogCoverage.Since(topic, ranges, lows, report.Begins, report.Since), GroupReport.Listed, cancellationToken));
            }

            report.Groups[i].Add(await ConsumedLogTable.ReadLeftOutAsync(database, group.Name, cancellationToken));
        }
    }

    private async Task<List<IReadOnlyDictionary<TopicPartition, long>>> PositionsAsync(CancellationToken cancellationToken)
    {
        var positions = new List<IReadOnlyDictionary<TopicPartition, long>>(_groups.Count);
        foreach (var (group, database) in _groups)
        {
            var partitions = await PartitionBounds.PartitionsAsync(_admin.Client, [.. group.Topics], cancellationToken);
            positions.Add(await GroupPositions.ReadAsync(_admin, database, group, partitions, cancellationToken));
        }

        return positions;
    }

    /// <summary>Finds what became of each record; returns those whose effect is committed.</summary>
    private static async Task<HashSet<LogRecord>> CompareAsync(
        (RegisteredGroup Group, NpgsqlConnection Database) of,
        IReadOnlyDictionary<TopicPartition, long> positions,
        List<LogRecord> records,
        ReconciliationReport whole,
        GroupReport report,
        CancellationToken cancellationToken)
    {
        var expected = records.Where(record => record.Time >= whole.Since && IsFor(of.Group, record)).ToArray();
        var handled = new HashSet<LogRecord>(ReferenceEqualityComparer.Instance);
        if (expected.Length == 0)
        {
            return handled;
        }

        var fates = await EventFates.FindAsync(of.Database, of.Group, positions, expected, cancellationToken);
        for (var i = 0; i < expected.Length; i++)
        {
            report.Add(expected[i], fates[i]);
            if (fates[i] == EventFate.Handled)
            {
                handled.Add(expected[i]);
            }
        }

        return handled;
    }

    // What can't be read is every reader's, unless it is hearsay, which is owed to nobody. Older events of a type that was bound later were passed over; the record's time says when it came to be
    // read, the event's only when it happened.
    private static bool IsFor(RegisteredGroup group, LogRecord record) =>
        group.Topics.Contains(record.Partition.Topic, StringComparer.Ordinal)
        && !group.HearsayTopics.Contains(record.Partition.Topic, StringComparer.Ordinal)
        && (record.Type is null || (group.EventTypes.TryGetValue(record.Type, out var since) && record.Time >= since));
}
