using Confluent.Kafka;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Operations.Logs;
using EventDriven.Messaging.Storage.Groups;
using Npgsql;

namespace EventDriven.Messaging.Operations.Replay;

/// <summary>
/// Sets a live group back on its log (law L10). Events that the group has applied are in its inbox and have no effect again.
/// Events that the inbox does not know are applied now, in the order of the log: after the database was restored, for
/// example, or when a type was bound later.
/// </summary>
/// <param name="kafka">The cluster whose log the group reads.</param>
/// <param name="database">
/// An open connection to the group's database. It holds a claim while a replay runs.
/// </param>
/// <param name="group">The group.</param>
/// <param name="time">The clock.</param>
public sealed class GroupReplay(KafkaCluster kafka, NpgsqlConnection database, RegisteredGroup group, TimeProvider time)
{
    /// <summary>
    /// The partitions that a replay would set back, those that the group has read beyond <paramref name="from"/>. Changes nothing.
    /// </summary>
    /// <param name="from">Where it begins.</param>
    /// <param name="until">Where it ends; null for the group's position.</param>
    /// <param name="topic">The only topic to replay; null for all topics of the group.</param>
    /// <param name="allowEffects">Whether to replay events that the inbox no longer remembers. Their effects may happen again.</param>
    /// <param name="cancellationToken">Stops planning.</param>
    /// <exception cref="ReplayRefusedException">
    /// It begins before the events that the inbox remembers, or the group does not read the topic.
    /// </exception>
    /// <exception cref="KafkaException">The broker can't be reached, or refuses.</exception>
    /// <exception cref="NpgsqlException">The database does not answer, or refuses.</exception>
    public async Task<IReadOnlyList<ReplayPartition>> PlanAsync(
        LogPosition from, LogPosition? until, string? topic, bool allowEffects, CancellationToken cancellationToken)
    {
        if (topic is not null && !group.Topics.Contains(topic, StringComparer.Ordinal))
        {
            throw new ReplayRefusedException($"Group '{group.Name}' does not read {topic}. It reads {string.Join(", ", group.Topics)}.");
        }

        var partitions = await PartitionBounds.PartitionsAsync(
            kafka.Client, topic is null ? [.. group.Topics] : [topic], cancellationToken);
        var positions = await GroupPositions.ReadAsync(kafka.Admin, database, group, partitions, cancellationToken);
        var begins = await from.BeginAsync(kafka.Client, partitions, cancellationToken);
        var ends = until is null ? null : await until.EndAsync(kafka.Client, partitions, cancellationToken);

        // A partition without a stored position begins at the beginning anyway.
        var plan = positions.Where(position => begins.ContainsKey(position.Key))
            .Select(position => new ReplayPartition(
                position.Key.Topic,
                position.Key.Partition.Value,
                begins[position.Key],
                ends is null ? position.Value : Math.Min(ends[position.Key], position.Value),
                position.Value))
            .Where(partition => partition.Events > 0)
            .OrderBy(partition => partition.Topic, StringComparer.Ordinal).ThenBy(partition => partition.Partition)
            .ToList();
        if (!allowEffects && plan.Count > 0)
        {
            await RefuseForgottenAsync(plan, cancellationToken);
        }

        return plan;
    }

    /// <summary>
    /// Pauses the group, sets it back, and resumes it. When the plan ends before the group's position, the group is set forward to that
    /// position at the end. If the caller dies before, the group only goes on through events that it has already applied.
    /// </summary>
    /// <param name="plan">From <see cref="PlanAsync"/>.</param>
    /// <param name="by">Who asks; services log it.</param>
    /// <param name="progress">Receives the number of events of the plan that were delivered again.</param>
    /// <param name="warn">Receives a message, within 10 s, when the group has no member or a member does not react.</param>
    /// <param name="cancellationToken">Stops waiting for the end of the replay. The group goes on.</param>
    /// <exception cref="ReplayRefusedException">
    /// Another replay or rebuild is running, the pause ended too early, or the cluster does not know members.
    /// </exception>
    /// <exception cref="TimeoutException">
    /// An instance has not left the group in time, or nobody reads. The message says what was changed.
    /// </exception>
    /// <exception cref="KafkaException">The broker can't be reached, or refuses.</exception>
    /// <exception cref="NpgsqlException">The database does not answer, or refuses.</exception>
    public async Task RunAsync(
        IReadOnlyList<ReplayPartition> plan, string by, Action<long> progress, Action<string> warn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        try
        {
            await ReplayAsync(plan, by, progress, warn, cancellationToken);
        }
        catch (KafkaException exception) when (exception.Error.Code == ErrorCode.Local_UnsupportedFeature)
        {
            throw new ReplayRefusedException(
                "This cluster does not know the members of groups, so no group can be set back. Apache Kafka does.", exception);
        }
        catch (InvalidOperationException exception)
        {
            throw new ReplayRefusedException(exception.Message, exception);
        }
    }

    private async Task ReplayAsync(
        IReadOnlyList<ReplayPartition> plan, string by, Action<long> progress, Action<string> warn, CancellationToken cancellationToken)
    {
        if (!await new GroupAdmin(database).TryClaimAsync(cancellationToken))
        {
            throw new ReplayRefusedException(
                $"A replay or a rebuild of the service of group '{group.Name}' is already running. Wait until it ends.");
        }

        try
        {
            await ReplayClaimedAsync(plan, by, progress, warn, cancellationToken);
        }
        finally
        {
            await ReleaseAsync();
        }
    }

    private async Task ReplayClaimedAsync(
        IReadOnlyList<ReplayPartition> plan, string by, Action<long> progress, Action<string> warn, CancellationToken cancellationToken)
    {
        var isRead = await GroupMembers.CountAsync(kafka.Client, group.Name, cancellationToken) > 0;
        if (!isRead)
        {
            warn($"Group '{group.Name}' has no member: its service is stopped or is starting. The group is set back anyway.");
        }

        Dictionary<TopicPartition, long> stood;
        await using (await PausedGroup.BeginAsync(kafka.Client, database, group.Name, by, warn, time, cancellationToken))
        {
            // The group read on until it left. It must not be set forward, or events would be lost.
            var positions = await GroupPositions.ReadAsync(
                kafka.Admin, database, group, [.. plan.Select(p => p.TopicPartition)], cancellationToken);
            stood = plan.ToDictionary(p => p.TopicPartition, p => positions[p.TopicPartition]);
            await new GroupAdmin(database).NoteReplayAsync(group.Name, cancellationToken);
            await GroupPositions.SetAsync(
                kafka.Admin,
                database,
                group,
                plan.ToDictionary(p => p.TopicPartition, p => Math.Min(p.From, stood[p.TopicPartition])),
                cancellationToken);
        }

        await new ReplayWait(kafka.Admin, database, group, time).RunAsync(plan, isRead, progress, warn, cancellationToken);
        if (plan.All(p => p.Until >= stood[p.TopicPartition]))
        {
            return;
        }

        await using (await PausedGroup.BeginAsync(kafka.Client, database, group.Name, by, warn, time, cancellationToken))
        {
            var positions = await GroupPositions.ReadAsync(kafka.Admin, database, group, [.. stood.Keys], cancellationToken);
            await GroupPositions.SetAsync(
                kafka.Admin, database, group, stood.ToDictionary(s => s.Key, s => Math.Max(s.Value, positions[s.Key])), cancellationToken);
        }
    }

    // A connection that was lost has lost the claim, too.
    private async Task ReleaseAsync()
    {
        try
        {
            await new GroupAdmin(database).ReleaseClaimAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
        {
            // What ended the session is what is reported.
        }
    }

    private async Task RefuseForgottenAsync(IReadOnlyList<ReplayPartition> plan, CancellationToken cancellationToken)
    {
        // Records that were written since then were applied since then, so the inbox remembers them.
        var remembered = await LogPosition.At(time.GetUtcNow() - group.InboxRetention)
            .BeginAsync(kafka.Client, [.. plan.Select(p => p.TopicPartition)], cancellationToken);
        if (plan.FirstOrDefault(p => p.From < remembered[p.TopicPartition]) is { } forgotten)
        {
            throw new ReplayRefusedException(
                $"The inbox of group '{group.Name}' remembers {group.InboxRetention.TotalDays:0.#} days. "
                + $"{forgotten.Topic}[{forgotten.Partition}] would be replayed from offset {forgotten.From}, but the inbox "
                + $"remembers only events from offset {remembered[forgotten.TopicPartition]} on. Effects of older events would happen "
                + "again. Begin later. If you want these effects, rehearse first, then add --allow-effects.");
        }
    }
}
