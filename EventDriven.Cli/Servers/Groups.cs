using System.CommandLine;
using EventDriven.Messaging.Groups;
using EventDriven.Messaging.Tasks;
using Npgsql;

namespace EventDriven.Cli.Servers;

/// <summary>The consumer groups that the services' databases know.</summary>
internal static class Groups
{
    /// <summary>A group with its database, which the caller closes.</summary>
    /// <exception cref="CommandFailedException">No database knows it; one that doesn't answer might.</exception>
    public static async Task<(NpgsqlConnection Database, RegisteredGroup Group)> FindAsync(ParseResult parsed, string name, CancellationToken cancellationToken)
    {
        var known = new List<string>();
        CommandFailedException? silent = null;
        foreach (var database in Databases.Find(parsed))
        {
            NpgsqlConnection connection;
            try
            {
                connection = await Databases.OpenAsync(database, cancellationToken);
            }
            catch (CommandFailedException exception)
            {
                // Another database that is away must not keep an operator from this group.
                silent ??= exception;
                continue;
            }

            var desk = new GroupDesk(connection);
            var groups = await desk.ExistsAsync(cancellationToken) ? await desk.ListAsync(cancellationToken) : [];
            if (groups.FirstOrDefault(group => group.Name == name) is { } found)
            {
                return (connection, found);
            }

            known.AddRange(groups.Select(group => group.Name));
            await connection.DisposeAsync();
        }

        throw silent ?? new CommandFailedException(
            known.Count == 0
                ? $"There is no group '{name}': no database knows any. A service notes its group when it begins to read."
                : $"There is no group '{name}'; there is {string.Join(", ", known)}.",
            ExitCode.Refused);
    }
}
