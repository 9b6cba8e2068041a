using Microsoft.EntityFrameworkCore.Migrations;

namespace EventDriven.Messaging.Operations.Reconciliation;

/// <summary>
/// The keys whose events have had their effect, as a service's tables show them: a view of its database, because only the service knows its
/// tables. Reconciliation compares these keys with the log in both directions.
/// </summary>
public static class ReadModelKeys
{
    internal const string View = "read_model_keys";

    /// <summary>
    /// Creates the view. A later migration that changes a column of the view drops the view first
    /// (<see cref="DropReadModelKeys"/>), and creates it again with all keys.
    /// </summary>
    public static void CreateReadModelKeys(this MigrationBuilder migration, params IReadOnlyCollection<ReadModelKey> keys) =>
        migration.Sql(Create(keys));

    /// <summary>Drops the view.</summary>
    public static void DropReadModelKeys(this MigrationBuilder migration) => migration.Sql($"DROP VIEW {View};");

    // The row without a key declares that the type is compared, even when its table is empty.
    internal static string Create(IReadOnlyCollection<ReadModelKey> keys) =>
        $"""
        CREATE VIEW {View} ("group", topic, event_type, key, happened_at) AS
        {string.Join("\nUNION ALL\n", keys.Select(key =>
            $"""
            SELECT {Literal(key.Group)}, {Literal(key.Topic)}, {Literal(key.EventType)}, NULL::text, NULL::timestamptz
            UNION ALL
            SELECT {Literal(key.Group)}, {Literal(key.Topic)}, {Literal(key.EventType)}, k.key, k.happened_at
            FROM ({key.Query}) AS k (key, happened_at)
            """))};
        """;

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'::text";
}
