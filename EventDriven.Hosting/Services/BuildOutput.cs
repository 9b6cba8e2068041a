using System.Reflection;
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
    /// Path of a service's program. In a release build of an application that compiles its services ahead of time
    /// (<c>eng/ReadyToRun</c>), it is the compiled one, which starts faster.
    /// </summary>
    /// <exception cref="HostingException">It is not built.</exception>
    public static string Service(string project) => Own.Name == "release" && Directory.Exists(AheadOfTime)
        ? Existing(project, Path.Combine(AheadOfTime, $"{project}.dll"))
        : Program(project);

    /// <summary>
    /// The arguments with which <see cref="DotNet"/> runs a program of this library: the one that was built beside this program or, from
    /// the package, the one in this program's own folder, which shares its dependencies.
    /// </summary>
    internal static IReadOnlyList<string> Companion(string project)
    {
        var packed = In($"{project}.dll");
        var isPacked = File.Exists(packed) && !Directory.Exists(Path.Combine($"{Bin}", project));
        return isPacked && Assembly.GetEntryAssembly()?.GetName().Name is { } own
            ? ["exec", "--depsfile", In($"{own}.deps.json"), "--runtimeconfig", In($"{own}.runtimeconfig.json"), packed]
            : [Program(project)];

        static string In(string file) => Path.Combine(Own.FullName, file);
    }

    private static string AheadOfTime => Path.Combine($"{Bin?.Parent}", "publish", "ReadyToRun", Own.Name);

    private static string Existing(string project, string program) =>
        File.Exists(program) ? program : throw new HostingException(
            $"'{project}' is not built: {program} is missing. Build the AppHost{(Own.Name == "release" ? " with -c Release" : "")}.");
}
