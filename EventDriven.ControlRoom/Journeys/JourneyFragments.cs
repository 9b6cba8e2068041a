using System.Runtime.CompilerServices;
using EventDriven.ControlRoom.Journeys.Reading;
using EventDriven.ControlRoom.Live;

namespace EventDriven.ControlRoom.Journeys;

/// <summary>The way of an order as HTML, each time it was read: once a second while it is under way, and seldom later.</summary>
internal sealed class JourneyFragments(
    JourneyReader reader, FragmentRenderer renderer, IHostApplicationLifetime host, TimeProvider time)
{
    private static readonly TimeSpan UnderWay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(5);

    public async IAsyncEnumerable<string> WatchAsync(Guid orderId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.ApplicationStopping);
        while (!bounded.IsCancellationRequested)
        {
            if (await ReadAsync(orderId, bounded.Token) is not { } journey)
            {
                yield break;
            }

            yield return await renderer.RenderAsync<JourneyView>(
                new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(JourneyView.Journey)] = journey });
            await Task.Delay(journey.IsUnderWay ? UnderWay : Settled, time, bounded.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<OrderJourney?> ReadAsync(Guid orderId, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadAsync(orderId, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
