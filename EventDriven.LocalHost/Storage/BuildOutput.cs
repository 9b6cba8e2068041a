namespace EventDriven.LocalHost.Storage;

/// <summary>Where the build puts the services: <c>artifacts/bin/PROJECT/CONFIGURATION/</c>.</summary>
internal sealed class BuildOutput(string? configuration)
{
#if DEBUG
    private const string OwnConfiguration = "debug";
#else
    private const string OwnConfiguration = "release";
#endif

    private readonly string folder = configuration ?? OwnConfiguration;

    /// <summary>Path of the project's program; whether it was built is found out when it is started.</summary>
    public string Program(string project) => Path.Combine(Repository.Root, "artifacts", "bin", project, folder, $"{project}.dll");
}
