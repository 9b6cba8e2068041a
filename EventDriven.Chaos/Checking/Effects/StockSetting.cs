using EventDriven.Chaos.Checking.Rules;
using EventDriven.Chaos.Histories;

namespace EventDriven.Chaos.Checking.Effects;

/// <summary>A quantity of a SKU that was available at a time: at the beginning, or because an operator set it.</summary>
/// <param name="Available">The quantity.</param>
/// <param name="Begun">Not before this.</param>
/// <param name="Ended">Not after this; the end of time for one whose outcome is unknown, which may take effect late or never.</param>
/// <param name="Overwritten">Another one has surely taken its place at this time; the end of time where none has.</param>
internal sealed record StockSetting(int Available, DateTimeOffset Begun, DateTimeOffset Ended, DateTimeOffset Overwritten)
{
    // Clocks of processes of one machine are read at different points of a request.
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(50);

    /// <summary>Whether nothing has surely taken its place: it may be the last one.</summary>
    public bool MayBeLast => Overwritten == DateTimeOffset.MaxValue;

    /// <summary>All of a SKU that may have been in force at some time; none when it is not known how many there were.</summary>
    public static IReadOnlyList<StockSetting> Of(CheckedRun run, string sku)
    {
        var requests = run.History.Operations
            .Where(request => request.Kind == OperationKind.SetStock && request.Lines.Any(line => line.Sku == sku)
                && request.Outcome != Outcome.Failed).ToList();
        var settings = requests.ConvertAll(request => new StockSetting(
            request.Lines.First(line => line.Sku == sku).Quantity,
            request.Begun,
            request.Outcome == Outcome.Ok ? request.Ended : DateTimeOffset.MaxValue,
            DateTimeOffset.MaxValue));

        // Services may have handled earlier orders before the history began; those are in the initial quantity.
        if (run.Evidence.Inventory.InitialStock.TryGetValue(sku, out var initial))
        {
            settings.Insert(0, new StockSetting(initial, run.History.Began, run.History.Began, DateTimeOffset.MaxValue));
        }
        else if (settings.TrueForAll(setting => setting.Ended == DateTimeOffset.MaxValue))
        {
            return [];
        }

        return settings.ConvertAll(setting => setting with
        {
            Overwritten = settings.Where(later => later.Begun > setting.Ended).Select(later => later.Ended)
                .DefaultIfEmpty(DateTimeOffset.MaxValue).Min(),
        });
    }

    /// <summary>Whether this may be what was in force last before a time.</summary>
    public bool MayApply(DateTimeOffset at) => Begun - at <= Margin && at - Overwritten <= Margin;

    /// <summary>Whether the move was over when this was set, and is in it.</summary>
    public bool IsSurelyAfter(StockMove move) => Begun - move.Latest > Margin;

    /// <summary>Whether this was set before the move.</summary>
    public bool IsSurelyBefore(StockMove move) => move.Earliest - Ended > Margin;
}
