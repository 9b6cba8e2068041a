using EventDriven.LocalHost.Processes;
using EventDriven.LocalHost.Storage;

namespace EventDriven.LocalHost.Resources;

/// <summary>A project of this repository, started from its build output.</summary>
internal abstract class ProjectResource(string name, ResourceLog log, DataDirectory data, string program, IReadOnlyList<string> arguments)
    : ProcessResource(name, log, data)
{
    private readonly Dictionary<string, Func<string>> environment = [];

    /// <summary>Path that answers 200 when the project is ready.</summary>
    public string HealthPath { get; set; } = "/";

    public void AddEnvironment(string variable, Func<string> value) => environment[variable] = value;

    public void AddEnvironment(IReadOnlyDictionary<string, string>? variables)
    {
        foreach (var (variable, value) in variables ?? new Dictionary<string, string>())
        {
            AddEnvironment(variable, () => value);
        }
    }

    protected override Task PrepareAsync(CancellationToken cancellationToken) =>
        File.Exists(program)
            ? Task.CompletedTask
            : throw new LocalApplicationException($"'{Name}' is not built: {program} is missing. Run dotnet build EventDriven.sln.");

    protected override ProcessSpec Spec() => new(DotNet, [program, .. arguments])
    {
        Environment = environment.ToDictionary(variable => variable.Key, variable => variable.Value()),
        WorkingDirectory = Path.GetDirectoryName(program),
        // Its state is in the servers; nothing is lost when it ends at once.
        ParentDeathSignal = ProcessSignal.Kill,
    };

    private static string DotNet =>
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host
        : Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath!
        : Executable.Find("dotnet") ?? throw new LocalApplicationException("dotnet was not found on PATH.");
}
