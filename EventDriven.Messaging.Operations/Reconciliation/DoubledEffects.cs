using EventDriven.Messaging.Storage.Groups;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace EventDriven.Messaging.Operations.Reconciliation;

/// <summary>
/// Effects that happened more than once, as far as a service's own tables show them: a view of its database, because only the service knows
/// which of its sums must agree. The view is one statement and thus one snapshot, so it is right while events are being handled.
/// </summary>
public static class DoubledEffects
{
    /// <summary>
    /// Creates the view. A service whose keys keep an effect from happening twice needs none. A later migration that changes a column of
    /// the view drops the view first (<see cref="DropDoubledEffects"/>).
    /// </summary>
    /// <param name="migration">The service's migration.</param>
    /// <param name="query">
    /// One row for each effect that happened more than once: group (text), event id (or null), key (text or null), and what does
    /// not agree (text), without personal data.
    /// </param>
    public static void CreateDoubledEffects(this MigrationBuilder migration, string query) =>
        migration.Sql($"""CREATE VIEW doubled_effects ("group", event_id, key, detail) AS {query};""");

    /// <summary>Drops the view.</summary>
    public static void DropDoubledEffects(this MigrationBuilder migration) => migration.Sql("DROP VIEW doubled_effects;");

    /// <summary>
    /// The effects of a group that happened more than once: their number and the first ones. Null when the service has no such view.
    /// </summary>
    internal static async Task<(long Count, IReadOnlyList<DoubledEffect> First)?> FindAsync(
        NpgsqlConnection database, RegisteredGroup group, int atMost, CancellationToken cancellationToken)
    {
        await using var exists = new NpgsqlCommand("SELECT to_regclass('doubled_effects') IS NOT NULL", database);
        if (!(bool)(await exists.ExecuteScalarAsync(cancellationToken))!)
        {
            return null;
        }

        await using var command = new NpgsqlCommand(
            """SELECT event_id::text, key, detail, count(*) OVER () FROM doubled_effects WHERE "group" = $1 ORDER BY detail LIMIT $2""",
            database)
        {
            // The view may sum up all tables of the service.
            CommandTimeout = 600,
            Parameters = { new() { Value = group.Name }, new() { Value = atMost } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var first = new List<DoubledEffect>();
        var count = 0L;
        while (await reader.ReadAsync(cancellationToken))
        {
            count = reader.GetInt64(3);
            first.Add(new DoubledEffect(
                await reader.IsDBNullAsync(0, cancellationToken) ? null : reader.GetString(0),
                await reader.IsDBNullAsync(1, cancellationToken) ? null : reader.GetString(1),
                reader.GetString(2)));
        }

        return (count, first);
    }
}
