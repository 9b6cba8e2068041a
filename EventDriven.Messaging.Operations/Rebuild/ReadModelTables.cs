using EventDriven.Messaging.Operations.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EventDriven.Messaging.Operations.Rebuild;

/// <summary>
/// Which tables a rebuild makes anew: the service's own, and with them the inbox and the offsets, which say what is in them. The other tables of messaging
/// say what operators have to know, and stay.
/// </summary>
/// <param name="Own">The service's own.</param>
internal sealed record ReadModelTables(IReadOnlyList<string> Own)
{
    /// <summary>Those of messaging that say which events are in them, in the order in which consumers lock them.</summary>
    public IReadOnlyList<string> Accounts { get; } = ["consumer_offsets", "inbox"];

    /// <exception cref="TaskFailedException">A table is bound to a schema, so a copy of it would be the table itself.</exception>
    public static ReadModelTables Of(DbContext database)
    {
        var tables = database.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables.Where(table => !table.IsExcludedFromMigrations).ToList();
        return tables.Find(table => table.Schema is not null) is { } bound
            ? throw new TaskFailedException($"Table '{bound.Schema}.{bound.Name}' names its schema: handlers would write into it instead of its copy. Leave the schema out of the model.")
            : new ReadModelTables([.. tables.Select(table => table.Name).Order(StringComparer.Ordinal)]);
    }
}
