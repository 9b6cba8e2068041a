namespace EventDriven.Tests.Hosting;

/// <summary>Servers without services, on the emulator, in a folder of their own that is kept from run to run.</summary>
public sealed class RunningFolder : IAsyncLifetime
{
    private RunningServers? _running;

    /// <summary>Others may pass through: PostgreSQL runs as another user when the tests run as root.</summary>
    public DirectoryInfo Folder { get; } = Directory.CreateDirectory(
        Path.Combine(Path.GetTempPath(), $"eventdriven-tests-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}"));

    internal RunningServers Servers => _running ?? throw new InvalidOperationException("They have not been started.");

    public async ValueTask InitializeAsync() => _running = await StartAsync();

    /// <summary>Stops them, and starts them again on what they left.</summary>
    public async Task RunAnewAsync()
    {
        await StopAsync();
        _running = await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Folder.Delete(recursive: true);
    }

    /// <summary>Stops them; what they wrote stays.</summary>
    public async Task StopAsync()
    {
        if (_running is not null)
        {
            await _running.DisposeAsync();
            _running = null;
        }
    }

    internal Task<RunningServers> StartAsync() =>
        RunningServers.StartAsync(TestContext.Current.CancellationToken, $"Data={Folder.FullName}", "KAFKA_HOME=");
}
