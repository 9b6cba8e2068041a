using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Messaging.Storage.Groups;
using Npgsql;

namespace EventDriven.Cli.Servers;

/// <summary>The consumer groups that the services' databases know.</summary>
internal static class Groups
{
    /// <summary>One group, or all, each with its database.</summary>
    public static async Task<IReadOnlyList<(RegisteredGroup Group, NpgsqlConnection Database)>> ListAsync(
        OpenDatabases databases, string? only, CancellationToken cancellationToken)
    {
        var found = new List<(RegisteredGroup Group, NpgsqlConnection Database)>();
        foreach (var (_, connection) in databases.All)
        {
            var desk = new GroupAdmin(connection);
            if (await desk.ExistsAsync(cancellationToken))
            {
                found.AddRange((await desk.ListAsync(cancellationToken)).Where(group => only is null || group.Name == only).Select(group => (group, connection)));
            }
        }

        return found;
    }

    /// <summary>The same for every command: a group that is mistyped must never look healthy.</summary>
    public static CommandFailedException Unknown(string group, IEnumerable<string> known) => new(
        string.Join(", ", known) is { Length: > 0 } others
            ? $"There is no group '{group}'; there is {others}."
            : $"There is no group '{group}': no database knows any. A service notes its group when it begins to read.",
        ExitCode.Usage);
}
