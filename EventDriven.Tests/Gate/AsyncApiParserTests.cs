using EventDriven.Tests.Packages;

namespace EventDriven.Tests.Gate;

/// <summary>docs/asyncapi.yaml is what AsyncAPI's reference parser takes for AsyncAPI 3.0.</summary>
public sealed class AsyncApiParserTests : IDisposable
{
    private static readonly string Validation = Path.Combine(Repository.Root, "eng", "asyncapi");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("eventdriven-asyncapi-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_document_is_valid_and_a_broken_one_is_not()
    {
        Assert.SkipUnless(IsThere("npm") && IsThere("node"), "Needs Node.js.");
        foreach (var file in Directory.GetFiles(Validation, "*.*"))
        {
            File.Copy(file, Path.Combine(_folder.FullName, Path.GetFileName(file)));
        }

        await Command.RunAsync("npm", _folder.FullName, ["ci", "--no-audit", "--no-fund"], Token);
        var document = Path.Combine(Repository.Root, "docs", "asyncapi.yaml");

        Assert.Contains("5 channels, 13 messages", await Command.RunAsync("node", _folder.FullName, ["validate.mjs", document], Token));

        var broken = Path.Combine(_folder.FullName, "broken.yaml");
        var valid = await File.ReadAllTextAsync(document, Token);
        await File.WriteAllTextAsync(broken, valid.Replace("action: send", "action: shout", StringComparison.Ordinal), Token);
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            Command.RunAsync("node", _folder.FullName, ["validate.mjs", broken], Token));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static bool IsThere(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));
}
