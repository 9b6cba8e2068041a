using EventDriven.Messaging.Storage.Groups;
using Npgsql;

namespace EventDriven.Messaging.Operations.Groups;

/// <summary>What an operator learns and asks of the groups of one service's database.</summary>
internal sealed class GroupAdmin(NpgsqlConnection database)
{
    /// <summary>Whether the database knows groups at all: one of a service that consumes nothing does not.</summary>
    public async Task<bool> ExistsAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT to_regclass('messaging.consumer_groups') IS NOT NULL", database);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>The groups, by name.</summary>
    public Task<IReadOnlyList<RegisteredGroup>> ListAsync(CancellationToken cancellationToken) => RegisteredGroup.ListAsync(database, cancellationToken);

    /// <summary>What the groups' instances and operators have last said, by group.</summary>
    public async Task<IReadOnlyDictionary<string, GroupActivity>> ActivityAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT "group", now() - last_seen_at, CASE WHEN paused_until > now() THEN coalesce(paused_by, '?') END FROM messaging.consumer_groups
            """,
            database);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var groups = new Dictionary<string, GroupActivity>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            groups.Add(
                reader.GetString(0),
                new GroupActivity(
                    await reader.IsDBNullAsync(1, cancellationToken) ? null : await reader.GetFieldValueAsync<TimeSpan>(1, cancellationToken),
                    await reader.IsDBNullAsync(2, cancellationToken) ? null : reader.GetString(2)));
        }

        return groups;
    }

    /// <summary>
    /// Claims the groups of the database for whoever sets positions, as long as the connection lives; false when somebody else does so: two would
    /// undo each other.
    /// </summary>
    public async Task<bool> TryClaimAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT pg_try_advisory_lock(hashtextextended('eventdriven/positions', 0))", database);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>
    /// Lets every instance of a group leave it. The pause ends by itself, so that nothing stays paused when whoever asked for it dies.
    /// </summary>
    /// <returns>False when there is no such group.</returns>
    public Task<bool> PauseAsync(string group, TimeSpan atMost, string by, CancellationToken cancellationToken) => SetPauseAsync(group, atMost, by, cancellationToken);

    /// <summary>Ends a pause.</summary>
    /// <returns>False when there is no such group.</returns>
    public Task<bool> ResumeAsync(string group, CancellationToken cancellationToken) => SetPauseAsync(group, atMost: null, by: null, cancellationToken);

    /// <summary>
    /// Says that a group was set back: its instances then ask its inbox alone what was applied before. Redis may know of effects that a restored
    /// database has lost, and the group would pass over what it is to apply again.
    /// </summary>
    public async Task NoteReplayAsync(string group, CancellationToken cancellationToken)
    {
        // By the clock, and not only counted: the count of a restored database has been used before. In seconds since 2026, which fit until 2094.
        await using var command = new NpgsqlCommand(
            """UPDATE messaging.consumer_groups SET replays = greatest(replays + 1, extract(epoch FROM now() - timestamptz '2026-01-01Z')::int) WHERE "group" = $1""", database)
        {
            Parameters = { new() { Value = group } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<bool> SetPauseAsync(string group, TimeSpan? atMost, string? by, CancellationToken cancellationToken)
    {
        // By the database's clock, which the instances ask, too.
        await using var command = new NpgsqlCommand(
            """UPDATE messaging.consumer_groups SET paused_until = now() + $2::interval, paused_by = $3::text WHERE "group" = $1""", database)
        {
            Parameters = { new() { Value = group }, new() { Value = (object?)atMost ?? DBNull.Value }, new() { Value = (object?)by ?? DBNull.Value } },
        };
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}
