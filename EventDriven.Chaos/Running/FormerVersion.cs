using System.Diagnostics;
using EventDriven.Hosting.Services;

namespace EventDriven.Chaos.Running;

/// <summary>The services' programs of a former version, as its build left them: a folder such as its <c>artifacts/bin</c>.</summary>
/// <param name="folder">The folder: in it, <c>PROJECT/release/PROJECT.dll</c>.</param>
internal sealed class FormerVersion(string folder)
{
    /// <summary>How a folder of a former version is made.</summary>
    public const string HowTo =
        "git worktree add ../former TAG && dotnet build ../former/EventDriven.AppHost -c Release, and --former ../former/artifacts/bin";

    /// <summary>The projects of all services.</summary>
    public static readonly IReadOnlyList<string> Projects =
        ["Checkout.Api", "Inventory.Worker", "Notifications.Worker", "Analytics.Worker", "Recommendations.Worker"];

    /// <summary>The projects that the folder lacks; none if it can be used.</summary>
    public static IReadOnlyList<string> Missing(string folder, IEnumerable<string> projects) =>
        [.. projects.Where(project => !File.Exists(Program(folder, project)))];

    /// <summary>Starts an instance as the AppHost has started it, by the former program.</summary>
    /// <param name="project">Its project.</param>
    /// <param name="environment">Its environment variables.</param>
    /// <param name="logFile">Where its output goes.</param>
    public FormerProcess Start(string project, IReadOnlyDictionary<string, string> environment, string logFile)
    {
        var program = Program(folder, project);
        var start = new ProcessStartInfo(BuildOutput.DotNet, [program])
        {
            WorkingDirectory = Path.GetDirectoryName(program),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new FormerProcess(start, logFile);
    }

    private static string Program(string folder, string project) =>
        Path.GetFullPath(Path.Combine(folder, project, "release", $"{project}.dll"));
}
