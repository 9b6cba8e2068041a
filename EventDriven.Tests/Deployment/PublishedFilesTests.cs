using EventDriven.Tests.AppHost;

namespace EventDriven.Tests.Deployment;

/// <summary>
/// The AppHost publishes what stands under <c>deploy/</c>, where the build has Aspire's package for the target. To accept what is
/// published: <c>cp -r</c> the folder that the failure names.
/// </summary>
public sealed class PublishedFilesTests
{
    // Asked for before anything is published; none of them is in what is published.
    private static readonly string[] Answers =
    [
        .. ((string[])
        [
            "identity-authority", "identity-audience", "inventory-audience", "checkout-audience", "identity-token-endpoint",
            "checkout-client-id", "checkout-client-secret", "notifications-client-id", "notifications-client-secret", "payment-provider",
            "payment-webhook-secret", "personal-data-master-key", "control-room-client-id", "control-room-client-secret",
        ]).Select(name => $"Parameters:{name}=not-published"),
        "ConnectionStrings:smtp=not-published",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Compose_is_published()
    {
#if !ASPIRE_DOCKER
        Assert.Skip("The NuGet sources of this build lack Aspire.Hosting.Docker.");
#endif
        return SameAsync("compose");
    }

    [Fact]
    public Task A_chart_is_published()
    {
#if !ASPIRE_KUBERNETES
        Assert.Skip("The NuGet sources of this build lack Aspire.Hosting.Kubernetes.");
#endif
        return SameAsync("kubernetes");
    }

    [Theory]
    [InlineData("nowhere", "DeployTo is azure, compose, kubernetes, manifest, not 'nowhere'.")]
#if !ASPIRE_DOCKER
    [InlineData("compose", "DeployTo=compose needs the package Aspire.Hosting.Docker")]
#endif
#if !ASPIRE_KUBERNETES
    [InlineData("kubernetes", "DeployTo=kubernetes needs the package Aspire.Hosting.Kubernetes")]
#endif
    public async Task What_can_not_be_published_is_said(string target, string message)
    {
        var (exitCode, output) = await AppHostProgram.RunAsync(["--operation", "publish", "--step", "publish", $"DeployTo={target}"]);

        Assert.Equal(1, exitCode);
        Assert.Contains(message, output, StringComparison.Ordinal);
    }

    private static async Task SameAsync(string target)
    {
        var published = Path.Combine(AppContext.BaseDirectory, "published", target);
        if (Directory.Exists(published))
        {
            Directory.Delete(published, recursive: true);
        }

        var (exitCode, output) = await AppHostProgram.RunAsync(
            ["--operation", "publish", "--step", $"publish-{target}", "--output-path", published, $"DeployTo={target}", .. Answers]);
        Assert.True(exitCode == 0, $"The AppHost ended with {exitCode}:\n{output}");
        var accepted = Snapshot.Folder(target);
        Assert.Equal(Files(accepted), Files(published));
        foreach (var file in Files(accepted))
        {
            Assert.True(
                await TextAsync(accepted, file) == await TextAsync(published, file),
                $"{file} is published otherwise than it was accepted. See: git diff --no-index {accepted} {published}");
        }
    }

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal);

    private static async Task<string> TextAsync(string folder, string file) =>
        (await File.ReadAllTextAsync(Path.Combine(folder, file), Token)).ReplaceLineEndings("\n");
}
