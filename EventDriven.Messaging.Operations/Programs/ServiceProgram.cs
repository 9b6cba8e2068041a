using System.Reflection;
using System.Text.Json;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Messaging.Operations.Programs;

/// <summary>
/// A service's own program, which has the handlers: the one that is built beside this program, or that an operator names.
/// </summary>
public static class ServiceProgram
{
    private const string RuntimeConfig = ".runtimeconfig.json";
    private const string Library = ".dll";

    /// <summary>The configuration that this program was built in. In other letters, a build of it would compile everything again.</summary>
    public static string Configuration =>
        typeof(ServiceProgram).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? Own.Name;

    /// <summary>The <c>dotnet</c> host that runs programs.</summary>
    public static string DotNet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";

    private static DirectoryInfo Own { get; } = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    // This program stands in artifacts/bin/PROJECT/CONFIGURATION/, or with all others in one folder.
    private static DirectoryInfo? Bin => Own.Parent?.Parent;

    private static IEnumerable<string> Built => (Bin?.EnumerateDirectories() ?? []).Select(project => project.Name)
        .Concat(Own.EnumerateFiles($"*{RuntimeConfig}").Select(file => file.Name[..^RuntimeConfig.Length]))
        .Distinct(StringComparer.Ordinal)
        .Where(project => File.Exists(Of(project)));

    /// <summary>Where a project's program is when it is built beside this program.</summary>
    public static string Of(string project)
    {
        var beside = Path.Combine(Own.FullName, $"{project}.dll");
        var own = Path.Combine($"{Bin}", project, Own.Name, $"{project}.dll");
        return File.Exists(beside) && !File.Exists(own) ? beside : own;
    }

    /// <summary>
    /// The programs of all services that are built beside this program, by the names of the services: <c>analytics</c> for
    /// <c>Analytics.Worker</c>, <c>checkout</c> for <c>Checkout.Api</c>.
    /// </summary>
    /// <exception cref="OperationFailedException">None is built.</exception>
    public static IReadOnlyDictionary<string, string> All()
    {
        var programs = Built
            .Where(project => project.EndsWith(".Worker", StringComparison.Ordinal) || project.EndsWith(".Api", StringComparison.Ordinal))
            .ToDictionary(ServiceOf, Of, StringComparer.Ordinal);
        return programs.Count > 0 ? programs : throw new OperationFailedException(
            $"No service is built beside this program. Build them (dotnet build -c {Configuration}).", ExitCode.Usage);
    }

    /// <summary>
    /// The service of a project or of its program: <c>fraud-check</c> of <c>FraudCheck.Worker</c>, <c>shop-fraud-check</c> of
    /// <c>Shop.FraudCheck.Worker.dll</c>. So <c>dotnet new eventdriven-worker</c> names it, too.
    /// </summary>
    public static string ServiceOf(string project)
    {
        ArgumentNullException.ThrowIfNull(project);
        var parts = (project.EndsWith(Library, StringComparison.OrdinalIgnoreCase) ? project[..^Library.Length] : project).Split('.');
        return string.Join('-', (parts.Length > 1 ? parts[..^1] : parts).Select(JsonNamingPolicy.KebabCaseLower.ConvertName));
    }

    /// <summary>Finds the program of a service.</summary>
    /// <param name="given">The path that an operator gives; null for the one that is built beside this program.</param>
    /// <param name="service">Name of the service or of its group, such as <c>analytics</c> for <c>Analytics.Worker</c>.</param>
    /// <exception cref="OperationFailedException">It does not exist.</exception>
    public static string Find(string? given, string service)
    {
        if (given is not null)
        {
            return File.Exists(given) ? Path.GetFullPath(given) : throw new OperationFailedException(
                $"The program {given} does not exist. Build it, or name another one with --program.", ExitCode.Usage);
        }

        var programs = Built
            .Where(project => !project.EndsWith(".Tests", StringComparison.OrdinalIgnoreCase)
                && ServiceOf(project).Equals(service, StringComparison.OrdinalIgnoreCase))
            .Select(Of)
            .ToList();
        return programs switch
        {
            [var only] => only,
            [] => throw new OperationFailedException(
                $"No program of service '{service}' is built beside this program. "
                + $"Build it (dotnet build -c {Configuration}), or name it with --program.",
                ExitCode.Usage),
            _ => throw new OperationFailedException(
                $"There are several programs: {string.Join(", ", programs)}. Name one with --program.", ExitCode.Usage),
        };
    }
}
