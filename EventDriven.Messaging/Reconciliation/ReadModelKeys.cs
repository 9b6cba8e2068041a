using Microsoft.EntityFrameworkCore.Migrations;

namespace EventDriven.Messaging.Reconciliation;

/// <summary>
/// The keys of which a service's tables say that an event of a type has had its effect: a view of its database, because only the service knows its
/// tables. Reconciliation compares them with the log, both ways.
/// </summary>
public static class ReadModelKeys
{
    internal const string View = "read_model_keys";

    /// <summary>
    /// Creates the view. A later migration that changes a column which the view reads drops it first (<see cref="DropReadModelKeys"/>).
    /// </summary>
    /// <param name="migration">The service's migration.</param>
    /// <param name="query">
    /// One row for each key that has had an event of a type: group (text), topic (text), event type (text), key (text, as the log has it), and when the
    /// fact happened (timestamptz, or null where the tables don't tell).
    /// </param>
    public static void CreateReadModelKeys(this MigrationBuilder migration, string query) =>
        migration.Sql($"""CREATE VIEW {View} ("group", topic, event_type, key, happened_at) AS {query};""");

    /// <summary>Drops the view.</summary>
    public static void DropReadModelKeys(this MigrationBuilder migration) => migration.Sql($"DROP VIEW {View};");
}
