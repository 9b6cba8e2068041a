using EventDriven.Messaging.Operations.Tasks.Execution;
using EventDriven.Messaging.Storage.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EventDriven.Messaging.Operations.Rebuild;

/// <summary>
/// Which tables a rebuild replaces: the service's own, and with them the inbox and the offsets, which record the events in them. Dead letters, groups and
/// bindings stay, because operators need them.
/// </summary>
/// <param name="Own">The service's own.</param>
/// <param name="Accounts">The tables that record which events are in them, in the order in which consumers lock them.</param>
/// <param name="Staying">Tables that stay as they are.</param>
internal sealed record ReadModelTables(IReadOnlyList<string> Own, IReadOnlyList<string> Accounts, IReadOnlyList<string> Staying)
{
    private static readonly string[] Accounting = ["consumer_offsets", "inbox"];

    /// <summary>The tables that are replaced, in the order in which a consumer's transaction locks them.</summary>
    public IEnumerable<string> Switched => Accounts.Concat(Own);

    /// <exception cref="TaskFailedException">A table names its schema, so handlers would write to it instead of to its copy.</exception>
    public static ReadModelTables Of(DbContext database)
    {
        var tables = database.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables.ToList();
        if (tables.Find(table => table.Schema is not null) is { } bound)
        {
            throw new TaskFailedException($"Table '{bound.Schema}.{bound.Name}' names its schema, so handlers would write to it instead of to its copy. Leave the schema out of the model.");
        }

        var library = tables.Where(IsOfLibrary).Select(table => table.Name).ToHashSet(StringComparer.Ordinal);
        return new ReadModelTables(
            [.. tables.Select(table => table.Name).Where(name => !library.Contains(name)).Order(StringComparer.Ordinal)],
            Accounting,
            [.. library.Except(Accounting, StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
    }

    private static bool IsOfLibrary(ITable table) => table.EntityTypeMappings.All(mapping => mapping.TypeBase.ClrType.Assembly == typeof(InboxEntry).Assembly);
}
