using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;
using EventDriven.Hosting.Data;
using Microsoft.Extensions.Hosting;

namespace EventDriven.Hosting.Running;

/// <summary>
/// Writes each resource's output to <c>logs/NAME.log</c> in the data directory, where it can be read after the dashboard has stopped.
/// </summary>
internal sealed class LogFiles(
    ResourceNotificationService notifications, ResourceLoggerService logs, DataDirectory data) : BackgroundService
{
    private readonly ConcurrentDictionary<string, Task> _writers = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken))
            {
                if (!change.Snapshot.IsHidden)
                {
                    _ = _writers.GetOrAdd(change.ResourceId, id => WriteAsync(change.Resource.Name, id, stoppingToken));
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The application stops.
        }

        await Task.WhenAll(_writers.Values);
    }

    private async Task WriteAsync(string name, string id, CancellationToken stoppingToken)
    {
        try
        {
            await using var file = new StreamWriter(data.LogFile(name), append: false) { AutoFlush = true };
            await foreach (var lines in logs.WatchAsync(id).WithCancellation(stoppingToken))
            {
                foreach (var line in lines)
                {
                    await file.WriteLineAsync(line.Content);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The application stops.
        }
    }
}
