using EventDriven.Messaging.Operations.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EventDriven.Messaging.Operations.Rebuild;

/// <summary>
/// Which tables a rebuild replaces: the service's own, and with them the inbox and the offsets, which record the events in them. The
/// library's other tables stay, because operators need them.
/// </summary>
/// <param name="Own">The service's own.</param>
internal sealed record ReadModelTables(IReadOnlyList<string> Own)
{
    /// <summary>The library's tables that record which events are in them, in the order in which consumers lock them.</summary>
    public IReadOnlyList<string> Accounts { get; } = ["consumer_offsets", "inbox"];

    /// <exception cref="OperationFailedException">A table names its schema, so handlers would write to it and not to its copy.</exception>
    public static ReadModelTables Of(DbContext database)
    {
        var tables = database.GetService<IDesignTimeModel>().Model
            .GetRelationalModel().Tables
            .Where(table => !table.IsExcludedFromMigrations)
            .ToList();
        return tables.Find(table => table.Schema is not null) is { } bound
            ? throw new OperationFailedException(
                $"Table '{bound.Schema}.{bound.Name}' names its schema, so handlers would write to it instead of to its copy. "
                + "Leave the schema out of the model.")
            : new ReadModelTables([.. tables.Select(table => table.Name).Order(StringComparer.Ordinal)]);
    }
}
