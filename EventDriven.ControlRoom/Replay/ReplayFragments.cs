using System.Runtime.CompilerServices;
using EventDriven.ControlRoom.Flow;
using EventDriven.ControlRoom.Live;
using EventDriven.ControlRoom.Replay.Tasks;

namespace EventDriven.ControlRoom.Replay;

/// <summary>Groups and tasks as HTML, rendered once for all browsers that watch, each time the system was read.</summary>
internal sealed class ReplayFragments(LiveFeed<FlowSnapshot> feed, GroupTaskRunner tasks, FragmentRenderer renderer)
{
    private readonly Lock _lock = new();
    private (FlowSnapshot Of, long Version, Task<string> Html)? _latest;

    /// <summary>Groups and tasks, each second.</summary>
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
            // A task that somebody has begun since is there at once.
            var version = tasks.Version;
            if (_latest?.Of != snapshot || _latest?.Version != version)
            {
                _latest = (snapshot, version, renderer.RenderAsync<GroupTasksView>(new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    [nameof(GroupTasksView.Flow)] = snapshot,
                    [nameof(GroupTasksView.Tasks)] = tasks.All,
                }));
            }

            return _latest.Value.Html;
        }
    }
}
