using System.Collections;
using System.CommandLine;
using System.Net.Sockets;
using EventDriven.Messaging.Operations.Tasks;
using Npgsql;

namespace EventDriven.Cli.Servers;

/// <summary>
/// The services' databases: from the connection strings that the services get too (<c>ConnectionStrings__inventorydb</c>, every name that ends with
/// <c>db</c>), else from the state file of a running application.
/// </summary>
internal static class Databases
{
    private const string Prefix = "ConnectionStrings__";

    /// <summary>Connection strings by name, in its order.</summary>
    /// <exception cref="CommandFailedException">There are none, or one can't be understood.</exception>
    public static IReadOnlyList<(string Name, string ConnectionString)> Find(ParseResult parsed)
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
                $"Where are the databases? Start the system (./run.sh), or set {Prefix}inventorydb and so on as the services have them.", ExitCode.Usage);
    }

    /// <summary>Opens a database.</summary>
    /// <exception cref="CommandFailedException">It does not answer.</exception>
    public static async Task<NpgsqlConnection> OpenAsync((string Name, string ConnectionString) database, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(database.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch (Exception exception) when (exception is NpgsqlException or SocketException or TimeoutException)
        {
            await connection.DisposeAsync();
            throw new CommandFailedException(
                $"The database {database.Name} does not answer ({exception.Message}). Is PostgreSQL running, and is {Prefix}{database.Name} right?",
                ExitCode.Unreachable,
                exception);
        }
    }

    // What Npgsql says may contain the password.
    private static void Check((string Name, string ConnectionString) database)
    {
        try
        {
            _ = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        }
        catch (ArgumentException exception)
        {
            throw new CommandFailedException(
                $"The connection string of {database.Name} can't be understood. Set {Prefix}{database.Name} as the service has it: Host=…;Username=…;Password=…;Database=…",
                ExitCode.Usage,
                exception);
        }
    }

    private static List<(string Name, string ConnectionString)> Of(IReadOnlyDictionary<string, string> all) =>
        [.. all.Where(entry => entry.Key.EndsWith("db", StringComparison.OrdinalIgnoreCase)).OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(e => (e.Key, e.Value))];
}
