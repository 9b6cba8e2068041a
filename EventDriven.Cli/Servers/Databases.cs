using System.Collections;
using System.CommandLine;
using EventDriven.Messaging.Operations.Databases;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Cli.Servers;

/// <summary>
/// The services' databases: from the connection strings that the services get too (<c>ConnectionStrings__inventorydb</c>, every name that
/// ends with <c>db</c>, but for that of the audit trail), else from the state file of a running application.
/// </summary>
internal static class Databases
{
    private const string Prefix = "ConnectionStrings__";

    /// <summary>The databases, by name.</summary>
    /// <exception cref="OperationFailedException">None is given, or a connection string is invalid.</exception>
    public static IReadOnlyList<ServiceDatabase> Find(ParseResult parsed)
    {
        var set = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(variable => (Name: (string)variable.Key, Value: (string?)variable.Value ?? ""))
            .Where(variable => variable.Name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && variable.Value.Length > 0)
            .ToDictionary(variable => variable.Name[Prefix.Length..], variable => variable.Value, StringComparer.OrdinalIgnoreCase);
        var found = ServiceDatabase.Of(set) is { Count: > 0 } own ? own : ServiceDatabase.Of(StateFile.Read(parsed));
        return found.Count > 0
            ? found
            : throw new OperationFailedException(
                $"The addresses of the databases are missing. Start the system (./run.sh), or set {Prefix}inventorydb and so "
                + "on as the services have them.",
                ExitCode.Usage);
    }

    /// <summary>Opens all databases, or only the one of a group. Then it doesn't matter whether others answer.</summary>
    /// <exception cref="OperationFailedException">No database is given, none answers, or none knows the group.</exception>
    public static Task<ServiceDatabases> OpenAsync(ParseResult parsed, string? group, CancellationToken cancellationToken) =>
        ServiceDatabases.OpenAsync(Find(parsed), group, cancellationToken);

    /// <summary>Names the databases that do not answer on standard error.</summary>
    public static ServiceDatabases WarnOfUnreachable(this ServiceDatabases databases)
    {
        foreach (var unreachable in databases.Unreachable)
        {
            ErrorOutput.Warning(unreachable.Describe());
        }

        return databases;
    }

    /// <summary>The exit code of a command: 3 when a database does not answer, because then the output is incomplete.</summary>
    public static int EndWith(this ServiceDatabases databases, int exitCode) =>
        databases.Unreachable.Count > 0 ? ExitCode.Unreachable : exitCode;
}
