using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Operations.Tasks;

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

    /// <summary>Opens all databases, or only the one of a group. Then it doesn't matter whether others answer.</summary>
    /// <param name="databases">The databases.</param>
    /// <param name="group">The group; null for all databases.</param>
    /// <param name="cancellationToken">Stops opening them.</param>
    /// <exception cref="OperationFailedException">No database answers, or none knows the group.</exception>
    public static async Task<ServiceDatabases> OpenAsync(
        IEnumerable<ServiceDatabase> databases, string? group, CancellationToken cancellationToken)
    {
        var opened = await OpenAsync(databases, cancellationToken);
        if (opened.Open.Count == 0)
        {
            throw new OperationFailedException(Describe(opened.Unreachable), ExitCode.Unreachable);
        }

        if (group is null)
        {
            return opened;
        }

        var known = await opened.ListGroupsAsync(cancellationToken);
        if (known.FirstOrDefault(k => k.Group.Name == group) is not { } own)
        {
            await opened.DisposeAsync();
            throw Unknown(group, known, opened.Unreachable);
        }

        return await opened.OnlyAsync(own);
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

    /// <summary>One group, or all that the open databases know.</summary>
    /// <param name="only">The group; null for all.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    /// <exception cref="Npgsql.NpgsqlException">A database no longer answers, or refuses.</exception>
    public async Task<IReadOnlyList<GroupDatabase>> ListGroupsAsync(string? only, CancellationToken cancellationToken) =>
        [.. (await ListGroupsAsync(cancellationToken)).Where(known => only is null || known.Group.Name == only)];

    /// <summary>Closes all databases but the one of a group. The others no longer matter, whether they answer or not.</summary>
    /// <param name="group">The group, from <see cref="ListGroupsAsync(CancellationToken)"/>.</param>
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

    private static string Describe(IEnumerable<UnreachableDatabase> databases) =>
        string.Join(' ', databases.Select(database => database.Describe()));

    // A mistyped group must never look healthy.
    private static OperationFailedException Unknown(
        string group, IReadOnlyList<GroupDatabase> known, IReadOnlyList<UnreachableDatabase> unreachable)
    {
        if (unreachable.Count > 0)
        {
            return new OperationFailedException(
                $"No database that answers knows a group '{group}'. {Describe(unreachable)}", ExitCode.Unreachable);
        }

        return new OperationFailedException(
            string.Join(", ", known.Select(k => k.Group.Name)) is { Length: > 0 } others
                ? $"There is no group '{group}'; there is {others}."
                : $"There is no group '{group}': no database knows any. A service registers its group when it begins to read.",
            ExitCode.Usage);
    }
}
