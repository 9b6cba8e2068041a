using Microsoft.Extensions.Hosting;

namespace EventDriven.Hosting.Data;

/// <summary>Releases the data directory when everything has stopped, or when the application is disposed of.</summary>
internal sealed class DataRelease(DataDirectory data) : IHostedLifecycleService, IDisposable
{
    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        data.Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => data.Dispose();

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
