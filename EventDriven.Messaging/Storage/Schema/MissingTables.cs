using EventDriven.Messaging.Storage.Inbox;
using Npgsql;

namespace EventDriven.Messaging.Storage.Schema;

/// <summary>What messaging needs in a service's database, and the words to write where it isn't there.</summary>
internal static class MissingTables
{
    private const string Outbox = "outbox";

    private static readonly string[] Inbox = [InboxTable.Table, "dead_letters", "consumer_groups", "consumer_bindings"];

    /// <summary>What is missing and how to mend it; null when nothing is.</summary>
    /// <param name="database">Open.</param>
    /// <param name="publishes">Whether the service announces events.</param>
    /// <param name="consumes">Whether it has a group.</param>
    /// <param name="keepsOffsets">Whether a group keeps its offsets in the database.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="NpgsqlException">The database can't be reached.</exception>
    public static async Task<string?> FindAsync(
        NpgsqlConnection database, bool publishes, bool consumes, bool keepsOffsets, CancellationToken cancellationToken)
    {
        string[] needed = [.. publishes ? [Outbox] : Array.Empty<string>(), .. consumes ? Inbox : [], .. keepsOffsets ? ["consumer_offsets"] : Array.Empty<string>()];
        await using var command = new NpgsqlCommand(
            """
            SELECT
                (SELECT name FROM unnest($1) WITH ORDINALITY AS needed (name, number) WHERE to_regclass(name) IS NULL ORDER BY number LIMIT 1),
                (SELECT tgenabled::text FROM pg_trigger WHERE tgrelid = to_regclass('outbox') AND tgname = 'outbox_order' AND NOT tgisinternal)
            """,
            database)
        {
            Parameters = { new() { Value = needed } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        if (!await reader.IsDBNullAsync(0, cancellationToken))
        {
            return TableIsMissing(reader.GetString(0));
        }

        return !publishes ? null : await reader.IsDBNullAsync(1, cancellationToken) ? TriggerIsMissing : TriggerIsDisabled(reader.GetString(1));
    }

    private static string TableIsMissing(string table) => table switch
    {
        Outbox =>
            "The service's database has no table 'outbox'. Map it in OnModelCreating: modelBuilder.AddOutbox(); then add a migration, and to its Up: migrationBuilder.CreateOutboxTrigger();",
        "consumer_offsets" =>
            "The service's database has no table 'consumer_offsets', and a group keeps its offsets there. Map it in OnModelCreating: modelBuilder.AddConsumerOffsets(); then add a migration.",
        _ => $"The service's database has no table '{table}', and the service consumes events. Map it in OnModelCreating: modelBuilder.AddInbox(); then add a migration.",
    };

    private static string TriggerIsMissing =>
        "The table 'outbox' has no trigger 'outbox_order': events would have no order. Add this line to the Up of a migration: migrationBuilder.CreateOutboxTrigger();";

    // https://www.postgresql.org/docs/current/catalog-pg-trigger.html: O and A fire, D is disabled, R fires on replicas only.
    private static string? TriggerIsDisabled(string enabled) => enabled is "O" or "A" ? null :
        "The trigger 'outbox_order' of the table 'outbox', which migrationBuilder.CreateOutboxTrigger() has made, is disabled: events would have no order. Enable it: ALTER TABLE outbox ENABLE TRIGGER outbox_order;";
}
