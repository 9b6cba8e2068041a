using EventDriven.Messaging.Operations.Groups;

namespace EventDriven.Messaging.Operations.Databases;

/// <summary>The services' databases that answer. One that does not answer must not hide the others, so it is only named.</summary>
public sealed class ServiceDatabases : IAsyncDisposable
{
    private ServiceDatabases(IReadOnlyList<OpenDatabase> open, IReadOnlyList<UnreachableDatabase> unreachable) =>
        (Open, Unreachable) = (open, unreachable);

    /// <summary>The open databases, in the order in which they were given.</summary>
    public IReadOnlyList<OpenDatabase> Open { get; }

    /// <summary>The databases that do not answer.</summary>
    public IReadOnlyList<UnreachableDatabase> Unreachable { get; }

    /// <summary>Opens databases, all at once, because an unreachable one may take long.</summary>
    public static async Task<ServiceDatabases> OpenAsync(IEnumerable<ServiceDatabase> databases, CancellationToken cancellationToken)
    {
        var opened = await Task.WhenAll(
            databases.Select(async database => (database.Name, Result: await OpenDatabase.TryOpenAsync(database, cancellationToken))));
        return new ServiceDatabases(
            [.. opened.Select(database => database.Result.Open).OfType<OpenDatabase>()],
            [.. opened.Where(database => database.Result.Error is not null)
                .Select(database => new UnreachableDatabase(database.Name, database.Result.Error!))]);
    }

    /// <summary>The consumer groups that the open databases know, each with its database.</summary>
    /// <exception cref="Npgsql.NpgsqlException">A database no longer answers, or refuses.</exception>
    public async Task<IReadOnlyList<GroupDatabase>> ListGroupsAsync(CancellationToken cancellationToken)
    {
        var found = new List<GroupDatabase>();
        foreach (var database in Open)
        {
            var groups = new GroupAdmin(database.Connection);
            if (await groups.ExistsAsync(cancellationToken))
            {
                found.AddRange((await groups.ListAsync(cancellationToken)).Select(group => new GroupDatabase(group, database.Connection)));
            }
        }

        return found;
    }

    /// <summary>Closes all databases but the one of a group. The others no longer matter, whether they answer or not.</summary>
    /// <param name="group">The group, from <see cref="ListGroupsAsync"/>.</param>
    public async Task<ServiceDatabases> OnlyAsync(GroupDatabase group)
    {
        ArgumentNullException.ThrowIfNull(group);
        foreach (var database in Open.Where(database => database.Connection != group.Database))
        {
            await database.DisposeAsync();
        }

        return new ServiceDatabases([.. Open.Where(database => database.Connection == group.Database)], []);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var database in Open)
        {
            await database.DisposeAsync();
        }
    }
}
