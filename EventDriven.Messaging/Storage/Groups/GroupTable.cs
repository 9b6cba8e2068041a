using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace EventDriven.Messaging.Storage.Groups;

/// <summary>What a consumer writes and reads of its own group.</summary>
internal static class GroupTable
{
    /// <summary>
    /// How often the instances of a group that read leave word of it, at most. Seldom, because an idle service must stay idle.
    /// </summary>
    public static readonly TimeSpan SeenEvery = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Writes what the group is. What an earlier version of the service bound it to, and this one doesn't, is forgotten; not what was bound
    /// since this instance started: that is a newer version's, beside which this one ends soon.
    /// </summary>
    /// <returns><see cref="RegisteredConsumerGroup.Replays"/>.</returns>
    public static async Task<int> RegisterAsync(
        DbContext database,
        RegisteredConsumerGroup group,
        IEnumerable<string> eventTypes,
        DateTimeOffset started,
        CancellationToken cancellationToken)
    {
        var types = eventTypes.ToArray();
        var replays = await database.Database.SqlQuery<int>(
            $"""
            WITH bound AS (
                INSERT INTO messaging.consumer_bindings ("group", event_type, since)
                SELECT {group.Group}, event_type,
                    CASE WHEN EXISTS (SELECT FROM messaging.consumer_groups WHERE "group" = {group.Group})
                        THEN {group.StartedAt} ELSE '-infinity' END
                FROM unnest({types}) AS event_type
                ON CONFLICT DO NOTHING),
            unbound AS (DELETE FROM messaging.consumer_bindings WHERE "group" = {group.Group} AND NOT event_type = ANY ({types})
                AND since < {started})
            INSERT INTO messaging.consumer_groups ("group", cluster, topics, hearsay_topics, offsets_in_database, inbox_retention_days,
                started_at)
            VALUES ({group.Group}, {group.Cluster}, {group.Topics}, {group.HearsayTopics}, {group.OffsetsInDatabase},
                {group.InboxRetentionDays}, {group.StartedAt})
            ON CONFLICT ("group") DO UPDATE SET
                cluster = excluded.cluster, topics = excluded.topics, hearsay_topics = excluded.hearsay_topics,
                offsets_in_database = excluded.offsets_in_database,
                inbox_retention_days = excluded.inbox_retention_days, started_at = excluded.started_at
            RETURNING replays AS "Value"
            """).ToListAsync(cancellationToken);
        return replays[0];
    }

    /// <summary>Whether the group is known, and no replay was set since it had this number of them.</summary>
    public static bool HasStillReplays(DbContext database, string group, int replays) => database.Database
        .SqlQuery<bool>(
            $"""SELECT EXISTS (SELECT FROM messaging.consumer_groups WHERE "group" = {group} AND replays = {replays}) AS "Value" """)
        .Single();

    /// <summary>
    /// Who lets the group pause now; null when nobody does. An instance that reads for the group leaves word of itself with it: that costs
    /// no round trip of its own, and one write for the whole group in <see cref="SeenEvery"/>.
    /// </summary>
    public static async Task<string?> PausedByAsync(DbContext database, string group, bool isReading, CancellationToken cancellationToken)
    {
        await using var open = await OpenConnection.OfAsync(database, cancellationToken);
        await using var command = new NpgsqlCommand(
            """
            WITH seen AS (
                UPDATE messaging.consumer_groups SET last_seen_at = now()
                WHERE $2 AND "group" = $1 AND (last_seen_at IS NULL OR last_seen_at < now() - $3::interval))
            SELECT paused_by FROM messaging.consumer_groups WHERE "group" = $1 AND paused_until > now()
            """,
            open.Npgsql)
        {
            Parameters = { new() { Value = group }, new() { Value = isReading }, new() { Value = SeenEvery } },
        };
        return (string?)await command.ExecuteScalarAsync(cancellationToken);
    }
}
