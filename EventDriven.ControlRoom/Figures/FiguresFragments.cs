using System.Runtime.CompilerServices;
using EventDriven.ControlRoom.Live;

namespace EventDriven.ControlRoom.Figures;

/// <summary>The figures as HTML, rendered once for all browsers that watch.</summary>
internal sealed class FiguresFragments(LiveFeed<FiguresSnapshot> feed, FragmentRenderer renderer)
{
    private readonly Lock _lock = new();
    private (FiguresSnapshot Of, Task<string> Html)? _latest;

    /// <summary>The figures each time they were read.</summary>
    public async IAsyncEnumerable<string> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var snapshot in feed.WatchAsync(cancellationToken))
        {
            yield return await HtmlAsync(snapshot);
        }
    }

    private Task<string> HtmlAsync(FiguresSnapshot snapshot)
    {
        lock (_lock)
        {
            if (_latest?.Of != snapshot)
            {
                _latest = (snapshot, renderer.RenderAsync<FiguresView>(
                    new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(FiguresView.Figures)] = snapshot }));
            }

            return _latest.Value.Html;
        }
    }
}
