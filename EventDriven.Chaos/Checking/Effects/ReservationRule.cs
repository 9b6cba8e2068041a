using EventDriven.Chaos.Checking.Rules;
using EventDriven.Chaos.Histories;
using EventDriven.Contracts.Inventory;
using EventDriven.Contracts.Orders;

namespace EventDriven.Chaos.Checking.Effects;

/// <summary>
/// Each order that Inventory has handled has one reservation, of the order's own lines; a cancelled order holds nothing, and another one is
/// reserved or rejected.
/// </summary>
internal sealed class ReservationRule() : Rule("L6")
{
    private const string Group = "inventory";

    public override IEnumerable<Finding> Check(CheckedRun run)
    {
        var reservations = run.Evidence.Inventory.Reservations.ToDictionary(reservation => reservation.OrderId);
        var reserved = run.Facts<StockReserved>().DistinctBy(fact => fact.Fact.OrderId)
            .ToDictionary(fact => fact.Fact.OrderId, fact => fact.Fact.Lines);
        var cancelled = run.Facts<OrderCancelled>().Where(fact => run.IsHandled(Group, fact.Record))
            .Select(fact => fact.Fact.OrderId).ToHashSet();
        foreach (var (record, placed) in run.Facts<OrderPlaced>().Where(fact => run.IsHandled(Group, fact.Record)))
        {
            var id = placed.OrderId;
            var reservation = reservations.GetValueOrDefault(id);
            var lines = OperationLine.BySku(placed.Lines.Select(line => new OperationLine(line.Sku, line.Quantity))).ToList();
            if (reservation is null)
            {
                yield return Finding.Of($"Inventory has handled order {id}, and has no reservation of it.", record);
            }
            else if (cancelled.Contains(id) ? reservation.IsSetAside : reservation.State is not ("Reserved" or "Rejected"))
            {
                yield return Finding.Of(
                    $"Order {id} is {(cancelled.Contains(id) ? "" : "not ")}cancelled, and its stock is {reservation.State}.",
                    record, reservation);
            }
            else if (reservation.Placed && !lines.SequenceEqual(reservation.Lines))
            {
                yield return Finding.Of($"Order {id} has a reservation of other lines.", record, reservation);
            }

            if (reserved.TryGetValue(id, out var told)
                && !lines.SequenceEqual(OperationLine.BySku(told.Select(line => new OperationLine(line.Sku, line.Quantity)))))
            {
                yield return Finding.Of($"StockReserved of {id} tells other lines than the order has.", record);
            }
        }
    }
}
