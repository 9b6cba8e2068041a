using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;

namespace EventDriven.ControlRoom.Live;

/// <summary>A feed as the HTML of a view, rendered once for all browsers that watch.</summary>
/// <param name="feed">What is shown.</param>
/// <param name="renderer">Renders the view.</param>
/// <param name="parameters">The view's parameters.</param>
internal sealed class LiveFragments<TSnapshot, TView>(
    LiveFeed<TSnapshot> feed, FragmentRenderer renderer, Func<TSnapshot, ValueTask<Dictionary<string, object?>>> parameters)
    where TSnapshot : class
    where TView : IComponent
{
    private readonly Lock _lock = new();
    private (TSnapshot Of, Task<string> Html)? _latest;

    /// <summary>The HTML each time that something new was read.</summary>
    public async IAsyncEnumerable<string> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var snapshot in feed.WatchAsync(cancellationToken))
        {
            yield return await HtmlAsync(snapshot);
        }
    }

    private Task<string> HtmlAsync(TSnapshot snapshot)
    {
        lock (_lock)
        {
            if (_latest?.Of != snapshot)
            {
                _latest = (snapshot, RenderAsync(snapshot));
            }

            return _latest.Value.Html;
        }
    }

    private async Task<string> RenderAsync(TSnapshot snapshot) => await renderer.RenderAsync<TView>(await parameters(snapshot));
}
