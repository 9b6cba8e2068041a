using EventDriven.Chaos.Checking.Rules;
using EventDriven.Chaos.Evidence.Inventory;

namespace EventDriven.Chaos.Checking.Effects;

/// <summary>
/// Stock is taken and given back once: what is set aside is what reservations hold, what is available is what was there, less what was
/// taken, plus what was given back, and at no time was more taken than there was. A quantity that was set while orders came in counts from
/// then on; where it can't be told whether an order came before or after, both are right.
/// </summary>
internal sealed class StockRule() : Rule("L6")
{
    public override IEnumerable<Finding> Check(CheckedRun run)
    {
        var held = run.Evidence.Inventory.Reservations.Where(reservation => reservation.IsSetAside)
            .SelectMany(reservation => reservation.Lines, (reservation, line) => (Reservation: reservation, Line: line))
            .ToLookup(held => held.Line.Sku, StringComparer.Ordinal);
        foreach (var item in run.Evidence.Inventory.Stock)
        {
            var sum = held[item.Sku].Sum(line => line.Line.Quantity);
            if (sum != item.Reserved)
            {
                yield return Finding.Of($"{item.Reserved} of {item.Sku} are set aside, and reservations hold {sum}.", item);
            }

            if (item.Available < 0)
            {
                yield return Finding.Of($"{item.Available} of {item.Sku} are available.", item);
            }

            foreach (var finding in Balance(run, item))
            {
                yield return finding;
            }
        }
    }

    private static IEnumerable<Finding> Balance(CheckedRun run, StoredStock item)
    {
        if (StockSetting.Last(run, item.Sku) is not { } setting)
        {
            yield break;
        }

        var moves = StockMove.Of(run, item.Sku).Where(move => !setting.IsSurelyAfter(move)).ToList();
        var sure = moves.Where(setting.IsSurelyBefore).ToList();
        var unsure = moves.Except(sure).ToList();
        var surely = setting.Available + sure.Sum(move => move.Quantity);
        var least = surely + unsure.Sum(move => Math.Min(move.Quantity, 0));
        var most = surely + unsure.Sum(move => Math.Max(move.Quantity, 0));
        if (item.Available < least || item.Available > most)
        {
            var expected = most > least ? $"{least} to {most}" : $"{least}";
            yield return Finding.Of(
                $"{item.Available} of {item.Sku} are available, and by its reservations it must be {expected}.",
                [setting, .. moves, item]);
        }

        if (run.ClocksAgree && unsure.Count == 0 && Oversold(setting, sure) is { } last)
        {
            yield return Finding.Of(
                $"More of {item.Sku} was taken than there was.", [setting, .. sure.TakeWhile(move => move != last), last]);
        }
    }

    private static StockMove? Oversold(StockSetting setting, List<StockMove> moves)
    {
        var available = setting.Available;
        foreach (var move in moves.Where(move => !move.IsHeldFirst).OrderBy(move => move.Latest).ThenByDescending(move => move.Quantity))
        {
            available += move.Quantity;
            if (available < 0)
            {
                return move;
            }
        }

        return null;
    }
}
