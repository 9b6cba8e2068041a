using EventDriven.Chaos.Checking.Rules;
using EventDriven.Chaos.Histories;

namespace EventDriven.Chaos.Checking.Effects;

/// <summary>A quantity of a SKU that was available at a time: at the beginning, or because an operator set it.</summary>
/// <param name="Available">The quantity.</param>
/// <param name="Begun">Not before this.</param>
/// <param name="Ended">Not after this.</param>
internal sealed record StockSetting(int Available, DateTimeOffset Begun, DateTimeOffset Ended)
{
    // Clocks of processes of one machine are read at different points of a request.
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(50);

    /// <summary>The last one of a SKU; null when it is not known which was the last, or how many there were at the beginning.</summary>
    public static StockSetting? Last(CheckedRun run, string sku)
    {
        var set = run.History.Operations
            .Where(request => request.Kind == OperationKind.SetStock && request.Lines.Any(line => line.Sku == sku)
                && request.Outcome != Outcome.Failed)
            .OrderBy(request => request.Begun).ToList();
        if (set.Count == 0)
        {
            // Services may have handled earlier orders before the history began; those are in the initial quantity.
            return run.Evidence.Inventory.InitialStock.TryGetValue(sku, out var initial)
                ? new StockSetting(initial, run.History.Began, run.History.Began)
                : null;
        }

        var last = set[^1];
        var isClear = run.ClocksAgree && set.TrueForAll(request => request.Outcome == Outcome.Ok)
            && set.TrueForAll(request => request == last || request.Ended < last.Begun);
        return isClear ? new StockSetting(last.Lines.First(line => line.Sku == sku).Quantity, last.Begun, last.Ended) : null;
    }

    /// <summary>Whether the move was over when this was set, and is in it.</summary>
    public bool IsSurelyAfter(StockMove move) => move.Latest < Begun - Margin;

    /// <summary>Whether this was set before the move.</summary>
    public bool IsSurelyBefore(StockMove move) => move.Earliest > Ended + Margin;
}
