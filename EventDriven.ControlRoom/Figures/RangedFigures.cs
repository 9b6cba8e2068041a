using EventDriven.ControlRoom.Figures.Store;
using EventDriven.ControlRoom.Live;

namespace EventDriven.ControlRoom.Figures;

/// <summary>The figures by range, each rendered once for all browsers that watch it.</summary>
internal sealed class RangedFigures
{
    private readonly LiveFeed<FiguresSnapshot> _feed;
    private readonly StoredFigures _store;
    private readonly Dictionary<FiguresRange, LiveFragments<FiguresSnapshot, FiguresView>> _fragments;

    public RangedFigures(
        LiveFeed<FiguresSnapshot> feed, StoredFigures store, FragmentRenderer renderer, IHostApplicationLifetime host)
    {
        (_feed, _store) = (feed, store);
        _fragments = FiguresRange.All.ToDictionary(range => range, range => new LiveFragments<FiguresSnapshot, FiguresView>(
            feed,
            renderer,
            async snapshot => new(StringComparer.Ordinal)
            {
                [nameof(FiguresView.Figures)] = await OfAsync(snapshot, range, host.ApplicationStopping),
                [nameof(FiguresView.Ranges)] = Ranges,
            }));
    }

    /// <summary>The ranges to choose from; none where there is the hour alone.</summary>
    public IReadOnlyList<FiguresRange> Ranges => _store.Ranges;

    /// <summary>The range that an address names, as far as there is more than the hour.</summary>
    public FiguresRange Find(string? key) => Ranges.Count > 0 ? FiguresRange.Of(key) : FiguresRange.Hour;

    /// <summary>What was read last; null before the first reading.</summary>
    public async Task<FiguresSnapshot?> ReadAsync(FiguresRange range, CancellationToken cancellationToken) =>
        _feed.Latest is { } latest ? await OfAsync(latest, range, cancellationToken) : null;

    /// <summary>The HTML each time that something new was read.</summary>
    public IAsyncEnumerable<string> WatchAsync(FiguresRange range, CancellationToken cancellationToken) =>
        _fragments[range].WatchAsync(cancellationToken);

    private async Task<FiguresSnapshot> OfAsync(FiguresSnapshot hour, FiguresRange range, CancellationToken cancellationToken)
    {
        if (range == FiguresRange.Hour)
        {
            return hour;
        }

        var stored = await _store.ReadAsync(range, cancellationToken);
        return hour with { Range = range, Charts = stored.Charts ?? hour.Charts, StoreProblem = stored.Problem };
    }
}
