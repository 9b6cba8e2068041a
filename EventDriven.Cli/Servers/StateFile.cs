using System.CommandLine;
using System.Text.Json;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Cli.Servers;

/// <summary>
/// The state file of a running application: connection strings by name, and addresses of services as service discovery names them.
/// </summary>
internal static class StateFile
{
    /// <summary>Its path.</summary>
    public static Option<string> Option { get; } = new("--state")
    {
        Description = "State file of a running local application, for connection strings and addresses that are not set.",
        HelpName = "file",
        DefaultValueFactory = _ => Path.Combine(".local", "state.json"),
        Recursive = true,
    };

    /// <summary>One value; null when no application runs or none has that name.</summary>
    /// <exception cref="OperationFailedException">The file can't be read.</exception>
    public static string? Find(ParseResult parsed, string name) => Read(parsed).GetValueOrDefault(name);

    /// <summary>All values; none when no application runs.</summary>
    /// <exception cref="OperationFailedException">The file can't be read.</exception>
    public static IReadOnlyDictionary<string, string> Read(ParseResult parsed)
    {
        var path = parsed.GetValue(Option)!;
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(path)) ?? [] : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new OperationFailedException(
                $"The state file {path} can't be read ({exception.Message}). "
                + "Restart the local application, which writes it, or name another file with --state.",
                ExitCode.Usage,
                exception);
        }
    }

    /// <summary>Replaces all values atomically. Only its owner may read the file, because it holds passwords.</summary>
    public static void Write(ParseResult parsed, IReadOnlyDictionary<string, string> values)
    {
        var path = parsed.GetValue(Option)!;
        var temporary = $"{path}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(temporary, options))
        {
            writer.Write(JsonSerializer.Serialize(values));
        }

        File.Move(temporary, path, overwrite: true);
    }
}
