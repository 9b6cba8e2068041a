using System.Collections;
using System.CommandLine;
using EventDriven.Cli.Audit.Trail;
using EventDriven.Cli.Servers;
using EventDriven.Cli.Tokens;
using EventDriven.Messaging.Operations.Databases;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Cli.Programs;

/// <summary>The environment variables by which a service's program finds its servers, added to this command's own.</summary>
internal static class ServiceEnvironment
{
    private const string Prefix = "ConnectionStrings__";
    private const string Redis = $"{Prefix}redis";
    private const string EnvironmentName = "ASPNETCORE_ENVIRONMENT";

    /// <summary>Environment variables by name.</summary>
    /// <exception cref="OperationFailedException">The state file can't be read.</exception>
    public static Dictionary<string, string> Of(ParseResult parsed)
    {
        var own = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(variable => (string)variable.Key)
            .Where(name => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var given = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            // Only logs that an operator must see.
            ["Logging__LogLevel__Default"] = "Warning",
        };

        // The databases of one system must not be mixed with the state file of another.
        if (!own.Any(name => ServiceDatabase.IsName(name[Prefix.Length..])))
        {
            foreach (var (name, value) in StateFile.Read(parsed).Where(IsOfServices))
            {
                given[VariableOf(name)] = value;
            }
        }

        if (parsed.GetValue(KafkaConnection.Option) is { } kafka)
        {
            given[KafkaConnection.Variable] = kafka;
        }

        if (CallerToken.FindIssuer(parsed) is not null)
        {
            // The local application, whose services make their tokens themselves in this environment alone.
            given[EnvironmentName] = "Development";
        }

        if (!own.Contains(Redis))
        {
            // The program requires an address, but its tasks never use it.
            given.TryAdd(Redis, "localhost:1");
        }

        return given;
    }

    /// <summary>What a service needs to run beside the local application, as the AppHost would give it.</summary>
    /// <param name="state">The entries of the state file.</param>
    /// <param name="port">Its port; 0 for a free one.</param>
    public static Dictionary<string, string> ToRun(IReadOnlyDictionary<string, string> state, int port)
    {
        var given = state.Where(IsOfServices).ToDictionary(entry => VariableOf(entry.Key), entry => entry.Value, StringComparer.Ordinal);
        given[EnvironmentName] = "Development";
        given["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
        given["Messaging__Receipts__Enabled"] = "true";

        // It logs each step of connecting, and would bury the service's own lines.
        given["Logging__LogLevel__StackExchange.Redis"] = "Warning";
        return given;
    }

    // The audit trail is the commands' alone.
    private static bool IsOfServices(KeyValuePair<string, string> entry) => entry.Key != AuditDatabase.Name;

    // Entries that are no connection strings, such as addresses of services, have their full names already.
    private static string VariableOf(string entry) => entry.Contains("__", StringComparison.Ordinal) ? entry : Prefix + entry;
}
