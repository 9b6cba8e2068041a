using System.CommandLine;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Cli.Programs;

/// <summary>
/// A service's own program, which has the handlers: the one that is built beside this command, or that the command line names.
/// </summary>
internal static class ServiceProgram
{
    /// <summary>Overrides its path.</summary>
    public static Option<string?> Option { get; } = new("--program")
    {
        Description = "The service's program, such as path/to/Analytics.Worker.dll. Default: the one that is built beside this command.",
        HelpName = "file",
    };

    /// <summary>Finds the program of a service.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="service">Name of the service or of its group, such as <c>analytics</c> for <c>Analytics.Worker</c>.</param>
    /// <exception cref="CommandFailedException">It does not exist.</exception>
    public static string Find(ParseResult parsed, string service)
    {
        if (parsed.GetValue(Option) is { } given)
        {
            return File.Exists(given) ? Path.GetFullPath(given) : throw new CommandFailedException(
                $"The program {given} does not exist. Build it, or name another one with --program.", ExitCode.Usage);
        }

        // artifacts/bin/PROJECT/CONFIGURATION/
        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var programs = own.Parent?.Parent?.EnumerateDirectories()
            .Where(project => project.Name.StartsWith($"{service}.", StringComparison.OrdinalIgnoreCase))
            .Select(project => Path.Combine(project.FullName, own.Name, $"{project.Name}.dll"))
            .Where(File.Exists)
            .ToList();
        return programs switch
        {
            [var only] => only,
            null or [] => throw new CommandFailedException(
                $"No program of service '{service}' is built beside this command. "
                + $"Build it (dotnet build -c {own.Name}), or name it with --program.",
                ExitCode.Usage),
            _ => throw new CommandFailedException(
                $"There are several programs: {string.Join(", ", programs)}. Name one with --program.", ExitCode.Usage),
        };
    }
}
