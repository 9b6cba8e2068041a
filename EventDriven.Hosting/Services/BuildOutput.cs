using EventDriven.Hosting.Processes;

namespace EventDriven.Hosting.Services;

/// <summary>Finds the programs in the build output, beside this program's own folder <c>artifacts/bin/PROJECT/CONFIGURATION/</c>.</summary>
public static class BuildOutput
{
    /// <summary>The <c>dotnet</c> host that runs this program.</summary>
    public static string DotNet { get; } =
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host
        : Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath!
        : Executable.Find("dotnet") ?? "dotnet";

    private static DirectoryInfo Own { get; } = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    private static DirectoryInfo? Bin => Own.Parent?.Parent;

    /// <summary>Path of a project's program.</summary>
    /// <exception cref="HostingException">It is not built.</exception>
    public static string Program(string project) => Existing(project, Path.Combine($"{Bin}", project, Own.Name, $"{project}.dll"));

    /// <summary>
    /// Path of a service's program. In a release build, it is the one compiled ahead of time (<c>eng/ReadyToRun</c>), which starts faster.
    /// </summary>
    /// <exception cref="HostingException">It is not built.</exception>
    public static string Service(string project) => Own.Name == "release"
        ? Existing(project, Path.Combine($"{Bin?.Parent}", "publish", "ReadyToRun", Own.Name, $"{project}.dll"))
        : Program(project);

    private static string Existing(string project, string program) =>
        File.Exists(program) ? program : throw new HostingException(
            $"'{project}' is not built: {program} is missing. Build the AppHost{(Own.Name == "release" ? " with -c Release" : "")}.");
}
