using System.Runtime.CompilerServices;
using EventDriven.ControlRoom.Live;

namespace EventDriven.ControlRoom.Flow;

/// <summary>The flow as HTML, rendered once for all browsers that watch.</summary>
internal sealed class FlowFragments(LiveFeed<FlowSnapshot> feed, FragmentRenderer renderer)
{
    private readonly Lock _lock = new();
    private (FlowSnapshot Of, Task<string> Html)? _latest;

    /// <summary>The flow each time it was read.</summary>
    public async IAsyncEnumerable<string> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var snapshot in feed.WatchAsync(cancellationToken))
        {
            yield return await HtmlAsync(snapshot);
        }
    }

    private Task<string> HtmlAsync(FlowSnapshot snapshot)
    {
        lock (_lock)
        {
            if (_latest?.Of != snapshot)
            {
                _latest = (snapshot, renderer.RenderAsync<FlowView>(
                    new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(FlowView.Flow)] = snapshot }));
            }

            return _latest.Value.Html;
        }
    }
}
