using EventDriven.Messaging.Storage.Groups;
using Npgsql;

namespace EventDriven.Messaging.Operations.Groups;

/// <summary>Lists, pauses and resumes the consumer groups of one service's database.</summary>
/// <param name="database">An open connection to the database.</param>
public sealed class GroupAdmin(NpgsqlConnection database)
{
    /// <summary>Whether the database has a table of groups. The database of a service that consumes nothing has none.</summary>
    public async Task<bool> ExistsAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT to_regclass('messaging.consumer_groups') IS NOT NULL", database);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>The groups, by name.</summary>
    public Task<IReadOnlyList<RegisteredGroup>> ListAsync(CancellationToken cancellationToken) =>
        RegisteredGroup.ListAsync(database, cancellationToken);

    /// <summary>Whether each group's instances run and whether it is paused, by group.</summary>
    public async Task<IReadOnlyDictionary<string, GroupActivity>> ActivityAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT "group", now() - last_seen_at, CASE WHEN paused_until > now() THEN coalesce(paused_by, '?') END
            FROM messaging.consumer_groups
            """,
            database);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var groups = new Dictionary<string, GroupActivity>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            groups.Add(
                reader.GetString(0),
                new GroupActivity(
                    await reader.IsDBNullAsync(1, cancellationToken)
                        ? null
                        : await reader.GetFieldValueAsync<TimeSpan>(1, cancellationToken),
                    await reader.IsDBNullAsync(2, cancellationToken) ? null : reader.GetString(2)));
        }

        return groups;
    }

    /// <summary>
    /// Claims the right to set positions, until the connection is closed; false when another connection has it. Two who
    /// set positions would undo each other's work.
    /// </summary>
    internal async Task<bool> TryClaimAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT pg_try_advisory_lock(hashtextextended('eventdriven/positions', 0))", database);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Gives the claim back before the connection is closed: a pooled one stays open.</summary>
    internal async Task ReleaseClaimAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT pg_advisory_unlock(hashtextextended('eventdriven/positions', 0))", database);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Asks every instance of a group to leave it. The pause ends by itself, so that the group does not stay paused when the caller dies.
    /// </summary>
    /// <param name="group">The group.</param>
    /// <param name="duration">After this time the pause ends.</param>
    /// <param name="by">Who asks; services log it.</param>
    /// <param name="cancellationToken">Stops the statement.</param>
    /// <returns>False when there is no such group.</returns>
    public Task<bool> PauseAsync(string group, TimeSpan duration, string by, CancellationToken cancellationToken) =>
        SetPauseAsync(group, duration, by, cancellationToken);

    /// <summary>Ends a pause.</summary>
    /// <returns>False when there is no such group.</returns>
    public Task<bool> ResumeAsync(string group, CancellationToken cancellationToken) =>
        SetPauseAsync(group, duration: null, by: null, cancellationToken);

    /// <summary>
    /// Records that a group is set back. Its instances then ask only the inbox whether an event was applied. Leases may still know of
    /// effects that a restored database has lost, and the group would skip events that it must apply again.
    /// </summary>
    internal async Task NoteReplayAsync(string group, CancellationToken cancellationToken)
    {
        // Not a mere count: a restored database would use the same number again. Seconds since 2026 fit until 2094.
        await using var command = new NpgsqlCommand(
            """
            UPDATE messaging.consumer_groups SET replays = greatest(replays + 1, extract(epoch FROM now() - timestamptz '2026-01-01Z')::int)
            WHERE "group" = $1
            """,
            database)
        {
            Parameters = { new() { Value = group } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<bool> SetPauseAsync(string group, TimeSpan? duration, string? by, CancellationToken cancellationToken)
    {
        // By the database's clock, which the instances use, too.
        await using var command = new NpgsqlCommand(
            """UPDATE messaging.consumer_groups SET paused_until = now() + $2::interval, paused_by = $3::text WHERE "group" = $1""",
            database)
        {
            Parameters =
            {
                new() { Value = group }, new() { Value = (object?)duration ?? DBNull.Value }, new() { Value = (object?)by ?? DBNull.Value },
            },
        };
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}
