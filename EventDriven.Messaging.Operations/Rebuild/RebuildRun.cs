using Confluent.Kafka;
using Confluent.Kafka.Admin;
using EventDriven.Messaging.Failures;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Operations.Logs;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Messaging.Operations.Tasks.Execution;
using EventDriven.Messaging.Storage.Groups;
using Npgsql;

namespace EventDriven.Messaging.Operations.Rebuild;

/// <summary>
/// The steps of a rebuild: read while the service runs, pause its group near the end, read the rest, switch. When events would be lost and
/// the operator has not allowed that, it goes only far enough to report the loss.
/// </summary>
internal sealed class RebuildRun(
    RebuildLog log,
    bool allowLoss,
    RebuildReader reader,
    ShadowSchema shadow,
    ReadModelTables tables,
    RegisteredGroup group,
    NpgsqlConnection database,
    KafkaAdmin admin,
    KafkaSettings kafka,
    TaskOutput output,
    TimeProvider time)
{
    // Records that are left when the group is asked to pause: about as many as are read in the second until it does.
    private const long NearTheEnd = 10_000;
    private const int Rounds = 10;

    private static readonly TimeSpan LeaveBound = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(100);

    private readonly UnmatchedEvents _unmatched = new(database, group.Name);
    private IReadOnlyDictionary<string, TableRows> _rows = new Dictionary<string, TableRows>(StringComparer.Ordinal);
    private (long Lost, long MayBeHearsay) _missing;
    private long _total;

    /// <exception cref="OperationFailedException">
    /// It can't be done, or events would be lost and that is not allowed. Nothing was changed.
    /// </exception>
    public async Task<RebuildResult> RunAsync(CancellationToken cancellationToken)
    {
        reader.BeginAt(log.Bounds.ToDictionary(b => b.Key, b => b.Value.Low));
        var ends = log.Bounds.ToDictionary(b => b.Key, b => b.Value.High);
        for (var round = 0; round < Rounds && Left(ends) > (round == 0 ? 0 : NearTheEnd); round++)
        {
            await ReadAsync("reading", ends, cancellationToken);
            ends = await EndsAsync(cancellationToken);
        }

        await shadow.AnalyzeAsync(tables, cancellationToken);
        output.Progress("comparing", reader.Read, _total);
        await _unmatched.NoteAsync(cancellationToken);
        if (log.Losses.Any() && !allowLoss)
        {
            // Events that were applied since the comparison are on the log: they are no loss.
            await ReadAsync("reading the rest", await EndsAsync(cancellationToken), cancellationToken);
            await CompareAsync(cancellationToken);
            throw Refused();
        }

        var pausedAt = time.GetTimestamp();
        double switchMs;
        output.Progress("pausing", reader.Read, _total);
        await using (await PauseLease.BeginAsync(
            database, group.Name, $"rebuild by {Environment.UserName}", time, cancellationToken))
        {
            await AwaitLeavingAsync(cancellationToken);
            switchMs = await FinishAsync(cancellationToken);
        }

        var paused = time.GetElapsedTime(pausedAt);
        var seconds = output.Elapsed.TotalSeconds;
        return new RebuildResult(
            group.Name,
            reader.Applied,
            reader.Read - reader.Applied - reader.LeftOut.Count,
            reader.LeftOut.Count,
            _rows,
            _missing.Lost,
            [.. log.Gaps.Select(gap => gap.ToString())],
            Notes(),
            Math.Round(seconds, 2),
            Math.Round(paused.TotalSeconds, 2),
            Math.Round(switchMs / 1000, 4));
    }

    private long Left(Dictionary<TopicPartition, long> ends) =>
        ends.Sum(end => Math.Max(0, end.Value - reader.Positions.GetValueOrDefault(end.Key)));

    private async Task<Dictionary<TopicPartition, long>> EndsAsync(CancellationToken cancellationToken)
    {
        var bounds = await PartitionBounds.ReadAsync(admin.Client, group.Topics, cancellationToken);

        // Partitions that were added since the beginning.
        reader.BeginAt(bounds.Where(b => !reader.Positions.ContainsKey(b.Key)).ToDictionary(b => b.Key, b => b.Value.Low));
        return bounds.ToDictionary(b => b.Key, b => b.Value.High);
    }

    private async Task ReadAsync(string phase, Dictionary<TopicPartition, long> ends, CancellationToken cancellationToken)
    {
        _total = reader.Read + Left(ends);
        output.Progress(phase, reader.Read, _total);
        await reader.ReadAsync(
            from => new LogReader(kafka, from, ends, time), ends, () => output.Progress(phase, reader.Read, _total), cancellationToken);
    }

    private async Task AwaitLeavingAsync(CancellationToken cancellationToken)
    {
        try
        {
            // A member that stays only makes it harder to catch up: the switch checks the positions itself.
            await GroupMembers.WaitUntilGoneAsync(admin.Client, group.Name, LeaveBound, _ => { }, time, cancellationToken);
        }
        catch (DescribeConsumerGroupsException exception)
        {
            // After an unanswered request the process must send no other (see KafkaAdmin). Otherwise the group is moving to another broker,
            // or this is the cluster built into librdkafka, which does not know the members of a group.
            if (exception.Results.ConsumerGroupDescriptions.Find(found => Failure.IsOutage(found.Error.Code)) is { } unanswered)
            {
                throw new KafkaException(unanswered.Error, exception);
            }
        }
        catch (KafkaException exception) when (exception.Error.Code is ErrorCode.Local_UnsupportedFeature)
        {
            // The cluster built into librdkafka.
        }
    }

    private async Task<double> FinishAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Rounds; attempt++)
        {
            await ReadAsync("reading the rest", await EndsAsync(cancellationToken), cancellationToken);
            await CompareAsync(cancellationToken);
            output.Progress("switching", reader.Read, _total);
            if (await TrySwitchAsync(cancellationToken) is { } took)
            {
                return took;
            }

            await Task.Delay(Wait, time, cancellationToken);
        }

        throw new OperationFailedException(
            $"The switch did not get its locks in {Rounds} attempts: a long query or transaction holds a table, or group '{group.Name}' "
            + "did not pause. Nothing was changed. End the query (pg_stat_activity) and rebuild again.");
    }

    private async Task<double?> TrySwitchAsync(CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        if (await shadow.BeginSwitchAsync(tables, group.Name, cancellationToken) is not { } transaction)
        {
            return null;
        }

        await using (transaction)
        {
            if (await shadow.IsMigratedAsync(cancellationToken))
            {
                throw new OperationFailedException(
                    "The service's database was migrated during the rebuild. Nothing was changed. "
                    + "Rebuild with the program of the new version.");
            }

            var positions = (await GroupPositions.ReadAsync(admin, database, group, [], cancellationToken))
                .Where(position => !log.Stale.Contains(position.Key)).ToDictionary();
            if (positions.Any(position => position.Value > reader.Positions.GetValueOrDefault(position.Key)))
            {
                // The group reads on, although it was asked to pause.
                return null;
            }

            // From here on no event is applied.
            _missing = await _unmatched.CountAsync(HearsayBegin(), cancellationToken);
            RefuseLoss();
            var deadLetters = await LiveDeadLetters.ReadAsync(database, group.Name, group.Cluster, cancellationToken);
            await ConsumedLogTable.NoteRebuiltAsync(database, group.Name, group.Cluster, log.Topics, cancellationToken);
            await shadow.SwitchAsync(tables, group.Name, group.Cluster, Next(positions, deadLetters), cancellationToken);

            // The commit can't be cancelled: its outcome would be unknown.
            await transaction.CommitAsync(CancellationToken.None);
        }

        return Math.Round(time.GetElapsedTime(begun).TotalMilliseconds, 1);
    }

    /// <summary>Compares rows and events of both read models, while the tables are not locked.</summary>
    private async Task CompareAsync(CancellationToken cancellationToken)
    {
        _rows = await shadow.CountAsync(tables.Own, cancellationToken);
        _missing = await _unmatched.CountAsync(HearsayBegin(), cancellationToken);
        RefuseLoss();
    }

    private void RefuseLoss()
    {
        if (_missing.Lost > 0 && !allowLoss)
        {
            throw Refused();
        }
    }

    private OperationFailedException Refused()
    {
        var refusal = new RebuildRefusal(group.Name, _rows, _missing.Lost, [.. log.Losses.Select(gap => gap.ToString())]);
        output.Write(refusal);
        return new OperationFailedException(string.Join(Environment.NewLine, [refusal.ToString(), .. Notes()]));
    }

    private DateTimeOffset? HearsayBegin() => log.TruncatedHearsay.Count == 0
        ? null
        : log.TruncatedHearsay.Max(partition => reader.Begins.GetValueOrDefault(partition, DateTimeOffset.MinValue));

    private List<string> Notes()
    {
        List<string> notes = [];
        if (!log.IsRecorded)
        {
            notes.Add(
                "An earlier version of the service did not record which logs it read. What it applied is known only as far back as the "
                + FormattableString.Invariant($"inbox remembers ({group.InboxRetention.TotalDays:0.#} days)."));
        }

        if (_missing.MayBeHearsay > 0)
        {
            notes.Add(
                FormattableString.Invariant($"{_missing.MayBeHearsay:N0} event(s) that were applied earlier are not on the log. ")
                + "They may be hearsay, which is deleted sooner.");
        }

        if (allowLoss && !log.Losses.Any() && _missing.Lost == 0)
        {
            notes.Add("--allow-loss was not needed, because nothing was lost. Leave it out next time, so that a loss is refused.");
        }

        return notes;
    }

    /// <summary>
    /// The offsets at which the group goes on: after the records that were read. But a record that was left out because its key is parked,
    /// and that the group has not stored as blocked yet, is read again.
    /// </summary>
    private Dictionary<TopicPartition, long> Next(IReadOnlyDictionary<TopicPartition, long> live, LiveDeadLetters deadLetters)
    {
        var next = reader.Positions.Where(position => position.Value > 0)
            .ToDictionary(position => position.Key, position => position.Value);
        foreach (var place in reader.LeftOut.Where(place => !deadLetters.Has(place)))
        {
            if (live.GetValueOrDefault(place.TopicPartition) > place.Offset.Value)
            {
                throw Changed("redriven");
            }

            next[place.TopicPartition] = Math.Min(next[place.TopicPartition], place.Offset.Value);
        }

        var leftOut = reader.LeftOut.ToHashSet();
        return deadLetters.Discarded.Except(reader.DiscardedAtFirst)
            .Any(place => !leftOut.Contains(place) && place.Offset.Value < reader.Positions[place.TopicPartition])
            ? throw Changed("discarded")
            : next;
    }

    private static OperationFailedException Changed(string how) =>
        new(
            $"Dead letters of the group were {how} during the rebuild. Nothing was changed. "
            + "Rebuild again, and don't redrive or discard meanwhile.");
}
