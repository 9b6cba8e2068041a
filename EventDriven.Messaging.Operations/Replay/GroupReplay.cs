using Confluent.Kafka;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Operations.Logs;
using EventDriven.Messaging.Storage.Groups;
using Npgsql;

namespace EventDriven.Messaging.Operations.Replay;

/// <summary>
/// Sets a live group back on its log (law L10). What the group has applied is in its inbox, so being delivered again has no effect; what the inbox
/// doesn't know (a database that was restored, a type that was bound later) is applied now, in the order of the log.
/// </summary>
/// <param name="admin">Kafka.</param>
/// <param name="database">The group's own.</param>
/// <param name="group">The group.</param>
/// <param name="time">The clock.</param>
internal sealed class GroupReplay(KafkaAdmin admin, NpgsqlConnection database, RegisteredGroup group, TimeProvider time)
{
    /// <summary>What a replay would do: of each partition that the group has read beyond <paramref name="from"/>.</summary>
    /// <param name="from">Where it begins.</param>
    /// <param name="until">Where it ends; null: where the group stands.</param>
    /// <param name="topic">Which topic only; null: all of the group's.</param>
    /// <param name="allowEffects">Whether events may be replayed that the inbox has forgotten, and whose effects may happen again.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    /// <exception cref="ReplayRefusedException">It begins before what the inbox remembers, or the group doesn't read the topic.</exception>
    public async Task<IReadOnlyList<ReplayPartition>> PlanAsync(
        LogPosition from, LogPosition? until, string? topic, bool allowEffects, CancellationToken cancellationToken)
    {
        if (topic is not null && !group.Topics.Contains(topic, StringComparer.Ordinal))
        {
            throw new ReplayRefusedException($"Group '{group.Name}' doesn't read {topic}; it reads {string.Join(", ", group.Topics)}.");
        }

        var partitions = await PartitionBounds.PartitionsAsync(admin.Client, topic is null ? [.. group.Topics] : [topic], cancellationToken);
        var positions = await GroupPositions.ReadAsync(admin, database, group, partitions, cancellationToken);
        var begins = await from.BeginAsync(admin.Client, partitions, cancellationToken);
        var ends = until is null ? null : await until.EndAsync(admin.Client, partitions, cancellationToken);

        // A partition of which nothing is stored begins at the beginning anyway.
        var plan = positions.Where(position => begins.ContainsKey(position.Key))
            .Select(position => new ReplayPartition(
                position.Key,
                begins[position.Key],
                ends is null ? position.Value : Math.Min(ends[position.Key], position.Value),
                position.Value))
            .Where(partition => partition.Events > 0)
            .OrderBy(partition => partition.Partition.Topic, StringComparer.Ordinal).ThenBy(partition => partition.Partition.Partition.Value)
            .ToList();
        if (!allowEffects && plan.Count > 0)
        {
            await RefuseForgottenAsync(plan, cancellationToken);
        }

        return plan;
    }

    /// <summary>
    /// Lets the group pause, sets it back, and lets it go on. With an end before the group's position it is then set forward to where it was: dying
    /// before that only means that it goes on through what it has applied already.
    /// </summary>
    /// <param name="plan">From <see cref="PlanAsync"/>.</param>
    /// <param name="by">Who asks; goes into the services' logs.</param>
    /// <param name="replayed">Is told how many events of the plan have been delivered again.</param>
    /// <param name="tell">Is told, within 10 s, when nobody reads or somebody doesn't answer, and what follows from it.</param>
    /// <param name="cancellationToken">Stops waiting for the end of the replay; the group goes on.</param>
    /// <exception cref="ReplayRefusedException">Another one is running.</exception>
    /// <exception cref="TimeoutException">An instance has not left the group in time, or nobody reads; the message says what was changed.</exception>
    /// <exception cref="KafkaException">The broker can't be reached, or can't tell who is in a group.</exception>
    public async Task RunAsync(
        IReadOnlyList<ReplayPartition> plan, string by, Action<long> replayed, Action<string> tell, CancellationToken cancellationToken)
    {
        if (!await new GroupAdmin(database).TryClaimAsync(cancellationToken))
        {
            throw new ReplayRefusedException($"A replay or a rebuild of the service of group '{group.Name}' is running already: wait for its end.");
        }

        var isRead = await GroupMembers.CountAsync(admin.Client, group.Name, cancellationToken) > 0;
        if (!isRead)
        {
            tell($"Group '{group.Name}' has no member: its service is stopped, or is starting. It is set back all the same.");
        }

        Dictionary<TopicPartition, long> stood;
        await using (await PausedGroup.BeginAsync(admin.Client, database, group.Name, by, tell, time, cancellationToken))
        {
            // It went on until it left. Never set it forward: that would lose what it has not read.
            var positions = await GroupPositions.ReadAsync(admin, database, group, [.. plan.Select(p => p.Partition)], cancellationToken);
            stood = plan.ToDictionary(p => p.Partition, p => positions[p.Partition]);
            await new GroupAdmin(database).NoteReplayAsync(group.Name, cancellationToken);
            await GroupPositions.SetAsync(
                admin, database, group, plan.ToDictionary(p => p.Partition, p => Math.Min(p.From, stood[p.Partition])), cancellationToken);
        }

        await new ReplayWait(admin, database, group, time).RunAsync(plan, isRead, replayed, tell, cancellationToken);
        if (plan.All(p => p.Until >= stood[p.Partition]))
        {
            return;
        }

        await using (await PausedGroup.BeginAsync(admin.Client, database, group.Name, by, tell, time, cancellationToken))
        {
            var positions = await GroupPositions.ReadAsync(admin, database, group, [.. stood.Keys], cancellationToken);
            await GroupPositions.SetAsync(admin, database, group, stood.ToDictionary(s => s.Key, s => Math.Max(s.Value, positions[s.Key])), cancellationToken);
        }
    }

    private async Task RefuseForgottenAsync(IReadOnlyList<ReplayPartition> plan, CancellationToken cancellationToken)
    {
        // What stands on the log since then was applied since then, so the inbox remembers it.
        var remembered = await LogPosition.At(time.GetUtcNow() - group.InboxRetention).BeginAsync(admin.Client, [.. plan.Select(p => p.Partition)], cancellationToken);
        if (plan.FirstOrDefault(p => p.From < remembered[p.Partition]) is { } forgotten)
        {
            throw new ReplayRefusedException(
                $"""
                The inbox of group '{group.Name}' remembers {group.InboxRetention.TotalDays:0.#} days; {forgotten.Partition} would be replayed from offset {forgotten.From}, which is older (offset {remembered[forgotten.Partition]} is not). Effects would happen again. Begin later, or, when that is what you want, add --allow-effects and try ./eventdriven rehearse before.
                """);
        }
    }
}
