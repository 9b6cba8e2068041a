using System.CommandLine;
using System.Text.Json;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Cli.Servers;

/// <summary>What a running application says about its servers and services: connection strings by name, and addresses as service discovery names them.</summary>
internal static class StateFile
{
    /// <summary>Where it is.</summary>
    public static Option<string> Option { get; } = new("--state")
    {
        Description = "State file of a running local application; used where no connection string or address is set.",
        HelpName = "file",
        DefaultValueFactory = _ => Path.Combine(".local", "state.json"),
        Recursive = true,
    };

    /// <summary>One of them; null when nothing runs, or nothing has that name.</summary>
    /// <exception cref="CommandFailedException">The file can't be read.</exception>
    public static string? Find(ParseResult parsed, string name) => Read(parsed).GetValueOrDefault(name);

    /// <summary>All of them; none when nothing runs.</summary>
    /// <exception cref="CommandFailedException">The file can't be read.</exception>
    public static IReadOnlyDictionary<string, string> Read(ParseResult parsed)
    {
        var path = parsed.GetValue(Option)!;
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(path)) ?? [] : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new CommandFailedException($"The state file {path} can't be read ({exception.Message}). Start the local application anew, which writes it; or name another with --state.", ExitCode.Usage, exception);
        }
    }
}
