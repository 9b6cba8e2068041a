using System.Runtime.CompilerServices;
using EventDriven.ControlRoom.Live;

namespace EventDriven.ControlRoom.TryIt;

/// <summary>How far the placing of orders is, as HTML, once a second.</summary>
internal sealed class TryFragments(OrderSender sender, FragmentRenderer renderer, IHostApplicationLifetime host, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public async IAsyncEnumerable<string> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.ApplicationStopping);
        while (!bounded.IsCancellationRequested)
        {
            yield return await renderer.RenderAsync<TryView>(
                new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(TryView.Run)] = sender.Run });
            await Task.Delay(Interval, time, bounded.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
