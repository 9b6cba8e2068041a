using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;
using EventDriven.Hosting.Services;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventDriven.Hosting.Running;

/// <summary>Restarts a service that has died, as a container platform would: after 1 s, 2 s, 4 s and so on, up to 30 s.</summary>
internal sealed partial class ServiceRestarts(
    ResourceNotificationService notifications, ResourceCommandService commands, ResourceLoggerService logs, TimeProvider time,
    IHostApplicationLifetime lifetime)
    : BackgroundService
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    /// <summary>A service that has run this long has recovered; its next restart begins with the shortest delay.</summary>
    private static readonly TimeSpan Recovery = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Life> _lives = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        var restarts = new List<Task>();
        try
        {
            await foreach (var change in notifications.WatchAsync(stopping.Token))
            {
                if (change.Resource.IsService()
                    && _lives.GetOrAdd(change.ResourceId, _ => new Life()).HasDied(change.Snapshot, time) is { } delay)
                {
                    restarts.RemoveAll(restart => restart.IsCompleted);
                    restarts.Add(RestartAsync(change, delay, stopping.Token));
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The application stops.
        }

        await Task.WhenAll(restarts);
    }

    private async Task RestartAsync(ResourceEvent died, TimeSpan delay, CancellationToken cancellationToken)
    {
        try
        {
            var log = logs.GetLogger(died.ResourceId);
            Log.Died(log, died.Resource.Name, died.Snapshot.ExitCode, (int)delay.TotalSeconds);
            await Task.Delay(delay, time, cancellationToken);
            var started = await commands.ExecuteCommandAsync(died.ResourceId, KnownResourceCommands.StartCommand, cancellationToken);
            if (!started.Success)
            {
                Log.NotStarted(log, died.Resource.Name, started.Message);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The application stops.
        }
    }

    /// <summary>The state of one instance.</summary>
    private sealed class Life
    {
        private int _deaths;
        private bool _isRunning;
        private bool _isAskedToStop;
        private long _since;

        /// <summary>Delay until its restart; null if it is alive, was asked to stop, or ended normally.</summary>
        public TimeSpan? HasDied(CustomResourceSnapshot snapshot, TimeProvider time)
        {
            var state = snapshot.State?.Text;
            if (state == KnownResourceStates.Stopping)
            {
                _isAskedToStop = true;
            }
            else if (state == KnownResourceStates.Running && !_isRunning)
            {
                (_isRunning, _isAskedToStop, _since) = (true, false, time.GetTimestamp());
            }
            else if (_isRunning && KnownResourceStates.TerminalStates.Contains(state))
            {
                _isRunning = false;
                if (!_isAskedToStop && snapshot.ExitCode != 0)
                {
                    _deaths = time.GetElapsedTime(_since) > Recovery ? 1 : _deaths + 1;
                    var doubled = FirstDelay * Math.Pow(2, Math.Min(_deaths - 1, 10));
                    return doubled < LongestDelay ? doubled : LongestDelay;
                }
            }

            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Service} ended with exit code {ExitCode}. It is started again in {Seconds} s.")]
        public static partial void Died(ILogger logger, string service, int? exitCode, int seconds);

        [LoggerMessage(2, LogLevel.Error, "{Service} could not be started again: {Reason}")]
        public static partial void NotStarted(ILogger logger, string service, string? reason);
    }
}
