using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using EventDriven.Chaos.Applications;
using EventDriven.Chaos.Histories;
using EventDriven.Messaging.Lag;

namespace EventDriven.Chaos.Running;

/// <summary>Asks every instance all the time how far its groups are behind, and keeps what it says.</summary>
internal sealed class LagWatch(IApplication application, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    private readonly ConcurrentBag<LagReading> _readings = [];

    /// <summary>What was answered so far.</summary>
    public IReadOnlyList<LagReading> Readings => [.. _readings.OrderBy(reading => reading.Asked)];

    /// <summary>Asks until it is told to end.</summary>
    public Task RunAsync(CancellationToken ending) => Task.WhenAll(application.Instances.Select(instance => RunAsync(instance, ending)));

    private async Task RunAsync(string instance, CancellationToken ending)
    {
        try
        {
            while (true)
            {
                await AskAsync(instance, ending);
                await Task.Delay(Interval, time, ending);
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // It is over.
        }
    }

    private async Task AskAsync(string instance, CancellationToken ending)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(ending);
        bound.CancelAfter(Bound);
        var asked = time.GetUtcNow();
        try
        {
            using var response = await application.Http(instance).GetAsync(new Uri("/lag", UriKind.Relative), bound.Token);
            if (response.IsSuccessStatusCode)
            {
                var lags = await response.Content.ReadFromJsonAsync<IReadOnlyList<LagAnswer>>(bound.Token);
                var answered = time.GetUtcNow();
                foreach (var lag in lags ?? [])
                {
                    _readings.Add(new LagReading(instance, asked, answered, lag));
                }
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException or JsonException)
        {
            // It says nothing while a server of it is away, or it is.
            ending.ThrowIfCancellationRequested();
        }
    }
}
