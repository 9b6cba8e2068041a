using EventDriven.LocalHost;

namespace EventDriven.Tests.LocalHost;

/// <summary>A local application without services, on the built-in cluster, in a folder of its own.</summary>
public sealed class RunningLocalApplication : IAsyncLifetime
{
    private LocalApplication? application;

    /// <summary>Others may pass through: PostgreSQL runs as another user when the tests run as root.</summary>
    public DirectoryInfo Folder { get; } = Directory.CreateDirectory(
        Path.Combine(Path.GetTempPath(), $"eventdriven-tests-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}"));

    public LocalApplication Application => application ?? throw new InvalidOperationException("It has not been started.");

    public Task<LocalApplication> StartAsync() => LocalApplication.StartAsync(
        new LocalApplicationOptions { DataDirectory = Folder.FullName, Services = [], KafkaHome = null }, TestContext.Current.CancellationToken);

    public async ValueTask InitializeAsync() => application = await StartAsync();

    /// <summary>Stops it, and starts it again on what it left.</summary>
    public async Task RunAnewAsync()
    {
        await Application.DisposeAsync();
        application = await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (application is not null)
        {
            await application.DisposeAsync();
        }

        Folder.Delete(recursive: true);
    }
}
