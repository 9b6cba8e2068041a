using System.Collections;
using System.CommandLine;
using EventDriven.Cli.Servers;

namespace EventDriven.Cli.Programs;

/// <summary>What a service's program is given to find its servers, besides this command's own environment.</summary>
internal static class ServiceEnvironment
{
    private const string Prefix = "ConnectionStrings__";
    private const string Redis = $"{Prefix}redis";

    /// <summary>Environment variables by name.</summary>
    /// <exception cref="CommandFailedException">The state file can't be read.</exception>
    public static Dictionary<string, string> Of(ParseResult parsed)
    {
        var own = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(variable => (string)variable.Key)
            .Where(name => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var given = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            // Only what an operator has to see.
            ["Logging__LogLevel__Default"] = "Warning",
        };

        // Databases of one system and the state file of another must not be mixed.
        if (!own.Any(name => name.EndsWith("db", StringComparison.OrdinalIgnoreCase)))
        {
            foreach (var (name, value) in StateFile.Read(parsed))
            {
                // Addresses of services are named as they are given.
                given[name.Contains("__", StringComparison.Ordinal) ? name : Prefix + name] = value;
            }
        }

        if (parsed.GetValue(KafkaConnection.Option) is { } kafka)
        {
            given[KafkaConnection.Variable] = kafka;
        }

        if (!own.Contains(Redis))
        {
            // The program wants an address; what it is asked for here never uses it.
            given.TryAdd(Redis, "localhost:1");
        }

        return given;
    }
}
