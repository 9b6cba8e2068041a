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
        var settings = StockSetting.Of(run, item.Sku);

        // An order's own time is its id's, which Checkout has made.
        var clocksAgree = run.ClocksAgree("checkout", "inventory");
        var last = settings.Where(setting => setting.MayBeLast).ToList();
        var moves = StockMove.Of(run, item.Sku).OrderBy(move => move.Latest).ToList();
        if (last.Count > 0 && !last.Exists(setting => Fits(clocksAgree, setting, moves, item.Available)))
        {
            yield return Finding.Of(
                $"{item.Available} of {item.Sku} are available, which its reservations do not explain.",
                [.. last, .. moves.Where(move => !last.TrueForAll(setting => setting.IsSurelyAfter(move))), item]);
        }

        if (clocksAgree && Oversold(settings, moves) is { } oversold)
        {
            yield return Finding.Of(
                $"More of {item.Sku} was taken than there was.",
                [
                    .. settings.Where(setting => setting.MayApply(oversold.Latest)),
                    .. moves.TakeWhile(move => move != oversold).Where(
                        move => settings.Any(setting => setting.MayApply(oversold.Latest) && !setting.IsSurelyAfter(move))),
                    oversold,
                ]);
        }
    }

    // Moves whose time is known are in order, and the quantity was set at some place in that order. Others come before or after it.
    private static bool Fits(bool clocksAgree, StockSetting setting, List<StockMove> moves, int available)
    {
        var later = moves.Where(move => !clocksAgree || !setting.IsSurelyAfter(move)).ToList();
        var (sure, unsure) = (0, new List<StockMove>());
        var (least, most) = (0, 0);
        foreach (var move in later)
        {
            if (clocksAgree && setting.IsSurelyBefore(move))
            {
                sure += move.Quantity;
            }
            else if (clocksAgree && move.IsExact)
            {
                unsure.Add(move);
            }
            else
            {
                (least, most) = (least + Math.Min(move.Quantity, 0), most + Math.Max(move.Quantity, 0));
            }
        }

        var expected = setting.Available + sure;
        if (IsWithin(expected))
        {
            return true;
        }

        for (var first = unsure.Count - 1; first >= 0; first--)
        {
            expected += unsure[first].Quantity;
            if (IsWithin(expected))
            {
                return true;
            }
        }

        return false;

        bool IsWithin(int sum) => available >= sum + least && available <= sum + most;
    }

    // The first time that stock was taken though there was not enough, whichever setting was in force.
    private static StockMove? Oversold(IReadOnlyList<StockSetting> settings, List<StockMove> moves)
    {
        var (judged, possible) = (new HashSet<StockMove>(), new HashSet<StockMove>());
        var given = moves.Where(move => move.Quantity > 0).OrderBy(move => move.Earliest).ToList();
        var taken = moves.Where(move => move.Quantity < 0).ToList();
        foreach (var setting in settings)
        {
            var (most, back, gone) = (setting.Available, 0, 0);
            foreach (var move in taken.Where(move => move.IsExact && setting.MayApply(move.Latest)))
            {
                // What may have come back by then has; what was surely taken by then is gone.
                for (; back < given.Count && given[back].Earliest <= move.Latest; back++)
                {
                    most += setting.IsSurelyAfter(given[back]) ? 0 : given[back].Quantity;
                }

                for (; taken[gone].Latest < move.Latest; gone++)
                {
                    most += setting.IsSurelyBefore(taken[gone]) ? taken[gone].Quantity : 0;
                }

                judged.Add(move);
                if (most + move.Quantity >= 0)
                {
                    possible.Add(move);
                }
            }
        }

        return taken.Find(move => judged.Contains(move) && !possible.Contains(move));
    }
}
