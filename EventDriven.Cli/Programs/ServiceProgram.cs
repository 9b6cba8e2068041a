using System.CommandLine;
using System.Reflection;
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

    /// <summary>The configuration that this command was built in. In other letters, a build of it would compile everything again.</summary>
    public static string Configuration =>
        typeof(ServiceProgram).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? Own.Name;

    /// <summary>The <c>dotnet</c> host that runs programs.</summary>
    public static string DotNet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";

    // artifacts/bin/PROJECT/CONFIGURATION/
    private static DirectoryInfo Own { get; } = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    private static DirectoryInfo? Bin => Own.Parent?.Parent;

    /// <summary>Where a project's program is when it is built beside this command.</summary>
    public static string Of(string project) => Path.Combine($"{Bin}", project, Own.Name, $"{project}.dll");

    /// <summary>
    /// The programs of all services that are built beside this command, by the names of the services: <c>analytics</c> for
    /// <c>Analytics.Worker</c>, <c>checkout</c> for <c>Checkout.Api</c>.
    /// </summary>
    /// <exception cref="CommandFailedException">None is built.</exception>
    public static IReadOnlyDictionary<string, string> All()
    {
        var programs = (Bin?.EnumerateDirectories() ?? []).Select(project => project.Name)
            .Where(project => (project.EndsWith(".Worker", StringComparison.Ordinal) || project.EndsWith(".Api", StringComparison.Ordinal))
                && File.Exists(Of(project)))
            .ToDictionary(ServiceOf, Of, StringComparer.Ordinal);
        return programs.Count > 0 ? programs : throw new CommandFailedException(
            $"No service is built beside this command. Build them (dotnet build -c {Configuration}).", ExitCode.Usage);
    }

    /// <summary>The service of a project or of its program.</summary>
    public static string ServiceOf(string project) => project.Split('.')[0].ToLowerInvariant();

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

        var programs = Bin?.EnumerateDirectories()
            .Where(project => project.Name.StartsWith($"{service}.", StringComparison.OrdinalIgnoreCase)
                && !project.Name.EndsWith(".Tests", StringComparison.OrdinalIgnoreCase))
            .Select(project => Of(project.Name))
            .Where(File.Exists)
            .ToList();
        return programs switch
        {
            [var only] => only,
            null or [] => throw new CommandFailedException(
                $"No program of service '{service}' is built beside this command. "
                + $"Build it (dotnet build -c {Configuration}), or name it with --program.",
                ExitCode.Usage),
            _ => throw new CommandFailedException(
                $"There are several programs: {string.Join(", ", programs)}. Name one with --program.", ExitCode.Usage),
        };
    }
}
