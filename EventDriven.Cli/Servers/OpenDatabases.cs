using System.CommandLine;
using EventDriven.Messaging.Operations.Tasks;
using Npgsql;

namespace EventDriven.Cli.Servers;

/// <summary>
/// The services' databases that answer. One that is away must not keep an operator from the others: it is named, and the command ends with 3, because
/// what it shows is not all there is.
/// </summary>
internal sealed class OpenDatabases : IAsyncDisposable
{
    private OpenDatabases(IReadOnlyList<(string Name, NpgsqlConnection Connection)> all, IReadOnlyList<string> away) => (All, Away) = (all, away);

    /// <summary>By the name of their connection string, in its order.</summary>
    public IReadOnlyList<(string Name, NpgsqlConnection Connection)> All { get; }

    /// <summary>Of each that doesn't answer, what to tell the operator.</summary>
    public IReadOnlyList<string> Away { get; }

    /// <summary>Opens all, or the one of a group: then it doesn't matter what else is away.</summary>
    /// <exception cref="CommandFailedException">None answers, none knows the group, or there are none.</exception>
    public static async Task<OpenDatabases> OpenAsync(ParseResult parsed, string? group, CancellationToken cancellationToken)
    {
        // At once, because one that is away may take long to say so.
        var opened = await Task.WhenAll(Databases.Find(parsed).Select(database => TryOpenAsync(database, cancellationToken)));
        var databases = new OpenDatabases(
            [.. opened.Where(o => o.Connection is not null).Select(o => (o.Name, o.Connection!))], [.. opened.Where(o => o.Error is not null).Select(o => o.Error!)]);
        if (databases.All.Count == 0)
        {
            throw new CommandFailedException(string.Join(' ', databases.Away), ExitCode.Unreachable);
        }

        return group is null ? databases : await databases.OnlyAsync(group, cancellationToken);
    }

    /// <summary>Names those that are away on standard error.</summary>
    public OpenDatabases NameAway()
    {
        foreach (var away in Away)
        {
            ErrorOutput.Warning(away);
        }

        return this;
    }

    /// <summary>What a command ends with that would end with this if every database answered.</summary>
    public int EndWith(int exitCode) => Away.Count > 0 ? ExitCode.Unreachable : exitCode;

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, connection) in All)
        {
            await connection.DisposeAsync();
        }
    }

    private static async Task<(string Name, NpgsqlConnection? Connection, string? Error)> TryOpenAsync(
        (string Name, string ConnectionString) database, CancellationToken cancellationToken)
    {
        try
        {
            return (database.Name, await Databases.OpenAsync(database, cancellationToken), null);
        }
        catch (CommandFailedException exception)
        {
            return (database.Name, null, exception.Message);
        }
    }

    private async Task<OpenDatabases> OnlyAsync(string group, CancellationToken cancellationToken)
    {
        var known = await Groups.ListAsync(this, only: null, cancellationToken);
        if (known.FirstOrDefault(k => k.Group.Name == group).Database is not { } own)
        {
            await DisposeAsync();
            throw Away.Count > 0
                ? new CommandFailedException($"No database that answers knows a group '{group}'. {string.Join(' ', Away)}", ExitCode.Unreachable)
                : Groups.Unknown(group, known.Select(k => k.Group.Name));
        }

        foreach (var (_, connection) in All.Where(database => database.Connection != own))
        {
            await connection.DisposeAsync();
        }

        return new OpenDatabases([.. All.Where(database => database.Connection == own)], []);
    }
}
