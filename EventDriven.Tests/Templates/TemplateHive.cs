using EventDriven.Tests.Packages;

namespace EventDriven.Tests.Templates;

/// <summary>Templates, installed for one test alone.</summary>
internal sealed class TemplateHive : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("eventdriven-hive-");

    /// <summary>Installs the templates of a folder or of a package.</summary>
    public Task InstallAsync(string source, CancellationToken cancellationToken) =>
        Command.DotnetAsync(_folder.FullName, ["new", "install", source, "--debug:custom-hive", Hive], cancellationToken);

    /// <summary>Makes what a template describes, in a folder.</summary>
    public Task NewAsync(string folder, string[] arguments, CancellationToken cancellationToken) =>
        Command.DotnetAsync(folder, ["new", .. arguments, "--debug:custom-hive", Hive], cancellationToken);

    public void Dispose() => _folder.Delete(recursive: true);

    private string Hive => Path.Combine(_folder.FullName, "hive");
}
