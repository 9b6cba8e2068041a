using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EventDriven.ServiceDefaults.Draining;

/// <summary>
/// The first thing that an instance does when it is asked to end: it says that it is not ready, and goes on as before until load balancers
/// have noticed (ADR 0056). Only then the server stops accepting connections, and consumers and relays end.
/// </summary>
internal sealed partial class Drain(IOptions<DrainOptions> options, TimeProvider time, ILogger<Drain> logger) : IHostedLifecycleService
{
    private volatile bool _hasBegun;

    /// <summary>Whether the instance has been asked to end.</summary>
    public bool HasBegun => _hasBegun;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs before anything is stopped.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _hasBegun = true;
        var delay = options.Value.Delay;
        if (delay > TimeSpan.Zero)
        {
            Log.Draining(logger, delay.TotalSeconds);

            // When the host's time is up, everything else has to end all the same.
            await Task.Delay(delay, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Asked to end. Not ready any more, and serving for another {Seconds} s.")]
        public static partial void Draining(ILogger logger, double seconds);
    }
}
