using EventDriven.Tests.Packages;

namespace EventDriven.Tests.Templates;

/// <summary>
/// A copy of the repository in which <c>dotnet new eventdriven-worker -n Fraud.Worker --event OrderPlaced</c> has run, with its AppHost
/// built.
/// </summary>
public sealed class NewConsumer : IAsyncLifetime
{
    private const string RunAnalyzers = "RunAnalyzers";

    private RepositoryCopy? _copy;

    /// <summary>
    /// The environment of a build in which nothing is analyzed: what is not new has been, where it was built first. All builds of the copy
    /// agree on it, or each would compile everything again.
    /// </summary>
    internal static Dictionary<string, string> WithoutAnalyzers { get; } = new(StringComparer.Ordinal) { [RunAnalyzers] = "false" };

    /// <summary>The copy's folder.</summary>
    public string Folder => Copy.Folder;

    /// <summary>What the template has changed, as <c>git status</c> says it.</summary>
    public IReadOnlyList<string> Changes { get; private set; } = [];

    private RepositoryCopy Copy => _copy ?? throw new InvalidOperationException("The copy has not been made.");

    /// <summary>Path of a program that was built in the copy.</summary>
    public string Program(string project) => BuiltProgram.In(Folder, project);

    /// <summary>Builds a project of the copy.</summary>
    public Task BuildAsync(string project, string[] options, CancellationToken cancellationToken) =>
        Command.DotnetAsync(Folder, ["build", project, "--tl:off", "-v", "q", "-clp:NoSummary", .. options], cancellationToken);

    public async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        _copy = await RepositoryCopy.CreateAsync(cancellationToken);
        using var hive = new TemplateHive();
        await hive.InstallAsync(Path.Combine(Folder, "templates"), cancellationToken);
        await hive.NewAsync(Folder, ["eventdriven-worker", "-n", "Fraud.Worker", "--event", "OrderPlaced"], cancellationToken);
        Changes = await Copy.ChangesAsync(cancellationToken);
        await BuildAsync("EventDriven.AppHost", ["-warnaserror", $"-p:{RunAnalyzers}=false"], cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _copy?.Dispose();
        return ValueTask.CompletedTask;
    }
}
