using EventDriven.Chaos.Evidence.Inventory;
using EventDriven.Chaos.Evidence.Logs;
using EventDriven.Chaos.Histories;
using EventDriven.Contracts.Inventory;
using EventDriven.Contracts.Orders;

namespace EventDriven.Tests.Chaos.Simulation;

/// <summary>Stock and reservations. Its handlers rely on the inbox: they do again what they are told again.</summary>
internal sealed class SimulatedInventory(World world, SimulatedOutbox outbox)
{
    private const string Topic = "inventory.v1";

    private readonly Dictionary<string, StoredStock> _stock = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, StoredReservation> _reservations = [];

    /// <summary>The articles, and how many of each there are at the beginning.</summary>
    public static IReadOnlyDictionary<string, int> Initial { get; } =
        new Dictionary<string, int>(StringComparer.Ordinal) { ["mug"] = 6, ["pot"] = 15, ["tea"] = 60 };

    /// <summary>What is left of it.</summary>
    public InventoryEvidence Evidence => new(Initial, [.. _stock.Values], [.. _reservations.Values]);

    /// <summary>Fills the shelves.</summary>
    public void Open()
    {
        foreach (var (sku, quantity) in Initial)
        {
            _stock.Add(sku, new StoredStock(sku, quantity, 0));
        }
    }

    /// <summary>An operator sets a quantity.</summary>
    public void Set(string sku, int available) => _stock[sku] = _stock[sku] with { Available = available };

    /// <summary>Holds stock by HTTP.</summary>
    public bool TryHold(Guid order, IReadOnlyList<OperationLine> lines)
    {
        if (IsShort(lines))
        {
            _reservations[order] = new StoredReservation(order, "Rejected", Placed: false, world.Now, lines);
            return false;
        }

        Move(lines, 1);
        _reservations[order] = new StoredReservation(order, "Held", Placed: false, world.Now, lines);
        return true;
    }

    /// <summary>The handler.</summary>
    public void Handle(LoggedRecord record)
    {
        var cause = new Cause(record.Event!.CorrelationId, record.Event.Id);
        switch (record.Event.Fact)
        {
            case OrderPlaced placed:
                Reserve(placed, cause);
                break;
            case OrderCancelled cancelled:
                Release(cancelled.OrderId, cause);
                break;
        }
    }

    private void Reserve(OrderPlaced placed, Cause cause)
    {
        IReadOnlyList<OperationLine> lines = [.. placed.Lines.Select(line => new OperationLine(line.Sku, line.Quantity))];
        var known = _reservations.GetValueOrDefault(placed.OrderId);
        if (known?.State == "Cancelled")
        {
            return;
        }

        if (known?.State != "Held")
        {
            if (IsShort(lines) && !world.Has(Defect.Oversold))
            {
                _reservations[placed.OrderId] = new StoredReservation(placed.OrderId, "Rejected", Placed: true, world.Now, lines);
                var shortage = new StockShortage(lines[0].Sku, lines[0].Quantity, 0);
                outbox.Add(Topic, placed.OrderId, new StockRejected(placed.OrderId, [shortage], world.Now), cause);
                return;
            }

            // The transaction is tried again, but the stock was taken in another one.
            Move(lines, world.Shows(Defect.StockOutsideTransaction, 0.2) ? 2 : 1);
        }

        _reservations[placed.OrderId] = new StoredReservation(placed.OrderId, "Reserved", Placed: true, world.Now, lines);
        outbox.Add(Topic, placed.OrderId, new StockReserved(placed.OrderId, Told(lines), world.Now), cause);
    }

    private void Release(Guid order, Cause cause)
    {
        if (!_reservations.TryGetValue(order, out var known))
        {
            _reservations[order] = new StoredReservation(order, "Cancelled", Placed: false, world.Now, []);
        }
        else if (known.IsSetAside)
        {
            Move(known.Lines, world.Shows(Defect.ReleasedTwice, 0.5) ? -2 : -1);
            _reservations[order] = known with { State = "Released", ChangedAt = world.Now };
            outbox.Add(Topic, order, new StockReleased(order, Told(known.Lines), world.Now), cause);
        }
    }

    private static StockLine[] Told(IReadOnlyList<OperationLine> lines) =>
        [.. lines.Select(line => new StockLine(line.Sku, line.Quantity))];

    private bool IsShort(IReadOnlyList<OperationLine> lines) => lines.Any(line => _stock[line.Sku].Available < line.Quantity);

    private void Move(IReadOnlyList<OperationLine> lines, int times)
    {
        foreach (var (sku, quantity) in lines)
        {
            var item = _stock[sku];
            _stock[sku] = item with { Available = item.Available - (times * quantity), Reserved = item.Reserved + (times * quantity) };
        }
    }
}
