using System.Collections;
using System.CommandLine;
using EventDriven.Cli.Audit.Trail;
using EventDriven.Messaging.Operations.Databases;
using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Operations.Tasks;
using Npgsql;

namespace EventDriven.Cli.Servers;

/// <summary>
/// The services' databases: from the connection strings that the services get too (<c>ConnectionStrings__inventorydb</c>, every name that
/// ends with <c>db</c>, but for that of the audit trail), else from the state file of a running application.
/// </summary>
internal static class Databases
{
    private const string Prefix = "ConnectionStrings__";

    /// <summary>Whether a connection string of this name is that of a service's database.</summary>
    public static bool IsName(string name) => name.EndsWith("db", StringComparison.OrdinalIgnoreCase)
        && !name.Equals(AuditDatabase.Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The databases, by name.</summary>
    /// <exception cref="CommandFailedException">None is given, or a connection string is invalid.</exception>
    public static IReadOnlyList<ServiceDatabase> Find(ParseResult parsed)
    {
        var set = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(variable => (Name: (string)variable.Key, Value: (string?)variable.Value ?? ""))
            .Where(variable => variable.Name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && variable.Value.Length > 0)
            .ToDictionary(variable => variable.Name[Prefix.Length..], variable => variable.Value, StringComparer.OrdinalIgnoreCase);
        var found = Of(set) is { Count: > 0 } own ? own : Of(StateFile.Read(parsed));
        found.ForEach(Check);
        return found.Count > 0
            ? found
            : throw new CommandFailedException(
                $"The addresses of the databases are missing. Start the system (./run.sh), or set {Prefix}inventorydb and so "
                + "on as the services have them.",
                ExitCode.Usage);
    }

    /// <summary>Opens all databases, or only the one of a group. Then it doesn't matter whether others answer.</summary>
    /// <exception cref="CommandFailedException">No database is given, none answers, or none knows the group.</exception>
    public static async Task<ServiceDatabases> OpenAsync(ParseResult parsed, string? group, CancellationToken cancellationToken)
    {
        var databases = await ServiceDatabases.OpenAsync(Find(parsed), cancellationToken);
        if (databases.Open.Count == 0)
        {
            throw new CommandFailedException(string.Join(' ', databases.Unreachable.Select(Describe)), ExitCode.Unreachable);
        }

        if (group is null)
        {
            return databases;
        }

        var known = await databases.ListGroupsAsync(cancellationToken);
        if (known.FirstOrDefault(k => k.Group.Name == group) is not { } own)
        {
            await databases.DisposeAsync();
            throw Unknown(group, known, databases.Unreachable);
        }

        return await databases.OnlyAsync(own);
    }

    /// <summary>One group, or all.</summary>
    public static async Task<IReadOnlyList<GroupDatabase>> ListGroupsAsync(
        this ServiceDatabases databases, string? only, CancellationToken cancellationToken) =>
        [.. (await databases.ListGroupsAsync(cancellationToken)).Where(known => only is null || known.Group.Name == only)];

    /// <summary>Names the databases that do not answer on standard error.</summary>
    public static ServiceDatabases WarnOfUnreachable(this ServiceDatabases databases)
    {
        foreach (var unreachable in databases.Unreachable)
        {
            ErrorOutput.Warning(Describe(unreachable));
        }

        return databases;
    }

    /// <summary>The exit code of a command: 3 when a database does not answer, because then the output is incomplete.</summary>
    public static int EndWith(this ServiceDatabases databases, int exitCode) =>
        databases.Unreachable.Count > 0 ? ExitCode.Unreachable : exitCode;

    public static string Describe(UnreachableDatabase database) =>
        $"The database {database.Name} does not answer ({database.Error}). Is PostgreSQL running, and is {Prefix}{database.Name} right?";

    // A mistyped group must never look healthy.
    private static CommandFailedException Unknown(
        string group, IReadOnlyList<GroupDatabase> known, IReadOnlyList<UnreachableDatabase> unreachable)
    {
        if (unreachable.Count > 0)
        {
            return new CommandFailedException(
                $"No database that answers knows a group '{group}'. {string.Join(' ', unreachable.Select(Describe))}",
                ExitCode.Unreachable);
        }

        return new CommandFailedException(
            string.Join(", ", known.Select(k => k.Group.Name)) is { Length: > 0 } others
                ? $"There is no group '{group}'; there is {others}."
                : $"There is no group '{group}': no database knows any. A service registers its group when it begins to read.",
            ExitCode.Usage);
    }

    // Npgsql's message may contain the password.
    private static void Check(ServiceDatabase database)
    {
        try
        {
            _ = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        }
        catch (ArgumentException exception)
        {
            throw new CommandFailedException(
                $"The connection string of {database.Name} is invalid. "
                + $"Set {Prefix}{database.Name} as the service has it: Host=…;Username=…;Password=…;Database=…",
                ExitCode.Usage,
                exception);
        }
    }

    private static List<ServiceDatabase> Of(IReadOnlyDictionary<string, string> all) =>
        [.. all.Where(entry => IsName(entry.Key))
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(e => new ServiceDatabase(e.Key, e.Value))];
}
