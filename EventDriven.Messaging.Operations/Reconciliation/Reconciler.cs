using Confluent.Kafka;
using Confluent.Kafka.Admin;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Operations.Logs;
using EventDriven.Messaging.Storage.Groups;
using Npgsql;

namespace EventDriven.Messaging.Operations.Reconciliation;

/// <summary>
/// Compares the log with what groups have done with its events. Services go on meanwhile: it needs no
/// pause and no lock, and raises no false alarm.
/// </summary>
/// <remarks>
/// The order of reading ensures that: first the positions of each group, then the log, then inbox and dead letters. A position is stored
/// after the inbox rows and dead letters of all earlier events are committed. So every event before a position that was read first is
/// found when it is looked up last. In the reverse order, an event could be handled after the lookup and before the position is read, and
/// would seem lost. An event at or after its position that is not found is not handled yet. A replay that sets positions back meanwhile
/// changes neither the positions that were read nor the inbox. The keys of read models are collected before all of that, and looked up
/// after it: see <see cref="ReadModelComparison"/>.
/// </remarks>
public sealed class Reconciler
{
    private const int Portion = 10_000;

    // Inbox rows older than the retention are deleted meanwhile, and clocks differ.
    private static readonly TimeSpan Margin = TimeSpan.FromHours(1);

    private readonly KafkaCluster _kafka;
    private readonly IReadOnlyList<GroupDatabase> _groups;
    private readonly TimeProvider _time;

    /// <summary>Makes a reconciler.</summary>
    /// <param name="kafka">The cluster whose log the groups read.</param>
    /// <param name="groups">The groups.</param>
    /// <param name="time">Measures timeouts.</param>
    public Reconciler(KafkaCluster kafka, IReadOnlyList<GroupDatabase> groups, TimeProvider time) =>
        (_kafka, _groups, _time) = (kafka, groups, time);

    /// <summary>The earliest time from which a group can be reconciled. Its inbox does not remember older events.</summary>
    public static DateTimeOffset Earliest(RegisteredGroup group, DateTimeOffset now) => now - group.InboxRetention + Margin;

    /// <summary>Compares the events that were sent since a time, by the times of their records.</summary>
    /// <param name="since">Not before <see cref="Earliest"/> of any group.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="KafkaException">The broker can't be reached, or refuses.</exception>
    /// <exception cref="NpgsqlException">A database can't be reached.</exception>
    public async Task<ReconciliationReport> RunAsync(
        DateTimeOffset since, IProgress<ReconciliationProgress> progress, CancellationToken cancellationToken)
    {
        var topics = _groups.SelectMany(g => g.Group.Topics.Except(g.Group.HearsayTopics, StringComparer.Ordinal))
            .ToHashSet(StringComparer.Ordinal);
        var readModels = await ReadModelsAsync(topics, since, cancellationToken);
        try
        {
            var positions = await PositionsAsync(cancellationToken);
            var ranges = await LogRange.FindAsync(_kafka.Client, topics, since, cancellationToken);
            var report = new ReconciliationReport(since, [.. _groups.Select(g => new GroupReport(g.Group))])
            {
                UnknownTopics = [.. topics.Except(ranges.Keys.Select(partition => partition.Topic), StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal)],
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

    private async Task<ReadModelComparison?[]> ReadModelsAsync(
        HashSet<string> topics, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var ranges = await LogRange.FindAsync(_kafka.Client, topics, since, cancellationToken);
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
        IProgress<ReconciliationProgress> progress,
        CancellationToken cancellationToken)
    {
        using var log = new LogRecords(_kafka.Settings, ranges, _time);
        var total = ranges.Values.Sum(range => range.End - range.Begin);
        while (await Task.Run(() => log.Read(Portion, cancellationToken), cancellationToken) is { Count: > 0 } records)
        {
            report.Add(records, ranges);
            for (var i = 0; i < _groups.Count; i++)
            {
                var handled = await CompareAsync(_groups[i], positions[i], records, report, report.Groups[i], cancellationToken);
                await (readModels[i]?.AddAsync(records, handled, cancellationToken) ?? Task.CompletedTask);
            }

            progress.Report(new ReconciliationProgress(report.Read, total));
        }
    }

    /// <summary>Adds what only the services' own tables show.</summary>
    private async Task AskDatabasesAsync(
        IReadOnlyDictionary<TopicPartition, LogRange> ranges,
        ReadModelComparison?[] readModels,
        ReconciliationReport report,
        CancellationToken cancellationToken)
    {
        var lows = ranges.Count == 0
            ? new Dictionary<TopicPartition, long>()
            : await PartitionBounds.OffsetsAsync(_kafka.Client, [.. ranges.Keys], OffsetSpec.Earliest(), cancellationToken);
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
            var partitions = await PartitionBounds.PartitionsAsync(_kafka.Client, [.. group.Topics], cancellationToken);
            positions.Add(await GroupPositions.ReadAsync(_kafka.Admin, database, group, partitions, cancellationToken));
        }

        return positions;
    }

    /// <summary>Finds the fate of each record, and returns the records whose effect is committed.</summary>
    private static async Task<HashSet<LogRecord>> CompareAsync(
        GroupDatabase of,
        IReadOnlyDictionary<TopicPartition, long> positions,
        List<LogRecord> records,
        ReconciliationReport all,
        GroupReport report,
        CancellationToken cancellationToken)
    {
        var expected = records.Where(record => record.Time >= all.Since && IsFor(of.Group, record)).ToArray();
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

    // Every group that reads a topic has to handle its unreadable records, but nobody has to handle hearsay. Events older than the binding
    // of their type are passed over: here the record's time counts, because the event's own time may be much earlier.
    private static bool IsFor(RegisteredGroup group, LogRecord record) =>
        group.Topics.Contains(record.Topic, StringComparer.Ordinal)
        && !group.HearsayTopics.Contains(record.Topic, StringComparer.Ordinal)
        && (record.Type is null || (group.EventTypes.TryGetValue(record.Type, out var since) && record.Time >= since));
}
