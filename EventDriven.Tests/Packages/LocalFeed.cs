namespace EventDriven.Tests.Packages;

/// <summary>Everything of the repository that is packed, in a folder, and room beside it for projects that know no other source.</summary>
public sealed class LocalFeed : IAsyncLifetime
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("eventdriven-packages-");

    /// <summary>Where projects can be made.</summary>
    public string Workspace => _root.FullName;

    // What the tests were built with.
    private static string Configuration =>
        AppContext.BaseDirectory.Contains("/release/", StringComparison.OrdinalIgnoreCase) ? "Release" : "Debug";

    private string Packages => Path.Combine(Workspace, "feed");

    public async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await Command.DotnetAsync(
            Repository.Root,
            ["pack", "EventDriven.sln", "--no-build", "-c", Configuration, "-o", Packages, "--tl:off", "-v", "q"],
            cancellationToken);

        // What the library itself references has been restored for the tests, so no other source is asked;
        // what is restored here goes with the folder.
        var restored = await Command.DotnetAsync(Workspace, ["nuget", "locals", "global-packages", "--list"], cancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(Workspace, "nuget.config"),
            $"""
            <configuration>
              <packageSources><clear /><add key="local" value="feed" /></packageSources>
              <config><add key="globalPackagesFolder" value="restored" /></config>
              <fallbackPackageFolders><add key="tests" value="{restored.Split(": ")[^1].Trim()}" /></fallbackPackageFolders>
            </configuration>
            """,
            cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _root.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>The file of a package.</summary>
    public string Package(string name) => Directory.GetFiles(Packages, "*.nupkg").Single(file => Name(file) == name);

    /// <summary>The version of a package.</summary>
    public string Version(string name) => Path.GetFileNameWithoutExtension(Package(name))[(name.Length + 1)..];

    /// <summary>The names of all packages, without their version, of one kind: <c>nupkg</c> or <c>snupkg</c>.</summary>
    public IReadOnlyList<string> Names(string extension) =>
        [.. Directory.GetFiles(Packages, "*." + extension).Select(Name).Order(StringComparer.Ordinal)];

    // A version begins with a digit, and no part of a name does.
    private static string Name(string file) =>
        string.Join('.', Path.GetFileName(file).Split('.').TakeWhile(part => !char.IsAsciiDigit(part[0])));
}
