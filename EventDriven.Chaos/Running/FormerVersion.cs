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

    // Longer than a service of the AppHost takes to end.
    private static readonly TimeSpan StopBound = TimeSpan.FromSeconds(10);

    /// <summary>The projects that the folder lacks; none if it can be used.</summary>
    public static IReadOnlyList<string> Missing(string folder, IEnumerable<string> projects) =>
        [.. projects.Where(project => !File.Exists(Program(folder, project)))];

    /// <summary>Starts an instance as the AppHost has started it, by the former program.</summary>
    /// <param name="project">Its project.</param>
    /// <param name="environment">Its environment variables.</param>
    /// <param name="logFile">Where its output goes.</param>
    public ServiceProcess Start(string project, IReadOnlyDictionary<string, string> environment, string logFile) =>
        ServiceProcess.Start(Program(folder, project), environment, logFile, StopBound);

    /// <summary>Path of a project's program.</summary>
    public string Program(string project) => Program(folder, project);

    private static string Program(string folder, string project) =>
        Path.GetFullPath(Path.Combine(folder, project, "release", $"{project}.dll"));
}
