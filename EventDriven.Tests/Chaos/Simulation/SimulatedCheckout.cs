using EventDriven.Chaos.Evidence.Checkout;
using EventDriven.Chaos.Evidence.Logs;
using EventDriven.Chaos.Histories;
using EventDriven.Contracts.Customers;
using EventDriven.Contracts.Inventory;
using EventDriven.Contracts.Orders;
using EventDriven.Contracts.Payments;

namespace EventDriven.Tests.Chaos.Simulation;

/// <summary>Orders, payments and customers.</summary>
internal sealed class SimulatedCheckout(World world, SimulatedOutbox outbox, SimulatedInventory inventory)
{
    /// <summary>Of one piece of everything.</summary>
    public const decimal Price = 2.50m;

    private const string Orders = "orders.v1";
    private const string Payments = "payments.v1";
    private const string Customers = "customers.v1";
    private const string Currency = "EUR";

    private readonly Dictionary<Guid, SimulatedOrder> _orders = [];
    private readonly Dictionary<string, StoredAnswer> _answers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoredPayment> _payments = new(StringComparer.Ordinal);
    private readonly HashSet<Guid> _customers = [];
    private readonly Dictionary<Guid, bool> _keys = [];

    /// <summary>What is left of it.</summary>
    public CheckoutEvidence Evidence => new(
        [.. _orders.Values.Select(order => order.Stored)], [.. _answers.Values], [.. _payments.Values], _customers, _keys);

    /// <summary>Orders that exist.</summary>
    public IReadOnlyList<SimulatedOrder> All => [.. _orders.Values];

    /// <summary>Customers who are signed up.</summary>
    public IReadOnlyList<Guid> SignedUp => [.. _customers];

    /// <summary>Whether refunds are due.</summary>
    public bool HasWork => _payments.Values.Any(payment => payment.RefundState == "Pending");

    /// <summary>Places an order: 201 and its id, or 409.</summary>
    public (int Status, Guid? OrderId, string Answer) Place(
        string key, Guid customer, IReadOnlyList<OperationLine> lines, bool isImmediate, bool isInvalid, Cause cause)
    {
        if (_answers.TryGetValue(key, out var first) && !world.Has(Defect.KeyIgnored))
        {
            return (
                first.Status, first.ResourceId,
                world.Has(Defect.AnswerDiffers) ? $"{first.ResourceId} {_orders[first.ResourceId].State}" : $"{first.ResourceId}");
        }

        if (isInvalid && !world.Has(Defect.RefusedButStored))
        {
            return (422, null, "invalid");
        }

        var id = world.NewId();
        world.Tick();
        if (isImmediate && !inventory.TryHold(id, lines))
        {
            return (409, null, "out of stock");
        }

        if (world.Shows(Defect.AcknowledgedBeforeCommit, 0.1))
        {
            return (201, id, $"{id}");
        }

        var order = new SimulatedOrder(id, customer, lines);
        var ordered = lines.Select(line => new OrderLine(line.Sku, line.Quantity, Price)).ToArray();
        var placed = new OrderPlaced(id, customer, "sealed", Currency, order.Total, ordered, world.Now);
        if (world.Shows(Defect.PublishBeforeSave, 0.1))
        {
            outbox.Publish(Orders, id, placed, cause);
            return (500, null, "crashed");
        }

        order.Move("Placed", world.Now);
        _orders.Add(id, order);
        _keys.TryAdd(customer, false);
        _answers[key] = new StoredAnswer(key, id, 201);
        outbox.Add(Orders, id, placed, cause);
        if (isImmediate)
        {
            order.Move("Confirmed", order.Stored.Steps[0].At);
            outbox.Add(Orders, id, new OrderConfirmed(id, order.Stored.Steps[0].At), cause);
        }

        return isInvalid ? (422, null, "invalid") : (201, id, $"{id}");
    }

    /// <summary>Cancels an order: 200, or 409.</summary>
    public int Cancel(Guid id, Cause cause)
    {
        var order = _orders[id];
        if (order.State is "Placed" or "Confirmed" || (order.State == "Rejected" && world.Has(Defect.IllegalTransition)))
        {
            if (world.Shows(Defect.CancellationLost, 0.3))
            {
                return 200;
            }

            order.Move("Cancelled", world.Now);
            OweBack(id);
            outbox.Add(Orders, id, new OrderCancelled(id, "customer-request", world.Now, order.Paid, Currency), cause);
            if (world.Shows(Defect.RefusedButCancelled, 0.3))
            {
                return 409;
            }
        }

        return order.State == "Cancelled" ? 200 : 409;
    }

    /// <summary>Records captured money: 200, or 409.</summary>
    public int Pay(Guid id, string reference, Cause cause)
    {
        var order = _orders[id];
        if (_payments.TryGetValue(reference, out var known))
        {
            order.Paid += world.Has(Defect.PaymentCountedTwice) && known.Refusal is null ? known.Amount : 0;
            return known.Refusal is null ? 200 : 409;
        }

        if (order.State is "Rejected" or "Cancelled" || order.Paid + Price > order.Total)
        {
            _payments.Add(reference, new StoredPayment(reference, id, Price, "refused", "Pending"));
            outbox.Add(Payments, id, new PaymentRefused(id, reference, Price, Currency, "refused", world.Now), cause);
            return 409;
        }

        order.Paid += Price;
        _payments.Add(reference, new StoredPayment(reference, id, Price, Refusal: null, RefundState: null));
        outbox.Add(Payments, id, new PaymentCaptured(id, reference, Price, Currency, world.Now, order.Total - order.Paid), cause);
        return 200;
    }

    /// <summary>The payment provider confirms a refund.</summary>
    public void Refund()
    {
        if (_payments.Values.FirstOrDefault(payment => payment.RefundState == "Pending") is { } due)
        {
            _payments[due.Reference] = due with { RefundState = "Refunded" };
            outbox.Add(
                Payments, due.OrderId, new PaymentRefunded(due.OrderId, due.Reference, due.Amount, Currency, "refused", world.Now),
                new Cause("refund", "refund"));
        }
    }

    /// <summary>A customer signs up, once.</summary>
    public void SignUp(Guid id, Cause cause)
    {
        if (_keys.TryAdd(id, false))
        {
            _customers.Add(id);
            outbox.Add(Customers, id, new UserSignedUp(id, "sealed", "sealed", world.Now), cause);
        }
    }

    /// <summary>A customer is forgotten.</summary>
    public void Forget(Guid customer, Cause cause)
    {
        if (!_keys[customer])
        {
            _keys[customer] = !world.Has(Defect.KeyKept);
            _customers.Remove(customer);
            outbox.Add(Customers, customer, new CustomerForgotten(customer, world.Now), cause);
        }
    }

    /// <summary>Confirms what was placed some time ago, where that is the defect.</summary>
    public void ConfirmEarly()
    {
        if (world.Has(Defect.ConfirmedBeforeReserved) && _orders.Values.FirstOrDefault(order => order.State == "Placed") is { } order)
        {
            Confirm(order, new Cause("early", "early"));
        }
    }

    /// <summary>Cancels what nobody has cancelled, where that is the defect.</summary>
    public void CancelUnasked()
    {
        if (world.Has(Defect.CancelledUnasked) && _orders.Values.FirstOrDefault(order => order.State == "Confirmed") is { } order)
        {
            Cancel(order.Id, new Cause("timer", "timer"));
        }
    }

    /// <summary>The handler.</summary>
    public void Handle(LoggedRecord record)
    {
        var cause = new Cause(record.Event!.CorrelationId, record.Event.Id);
        switch (record.Event.Fact)
        {
            case StockReserved reserved when _orders.TryGetValue(reserved.OrderId, out var order) && order.State == "Placed":
                Confirm(order, cause);
                break;
            case StockRejected rejected when _orders.TryGetValue(rejected.OrderId, out var order) && order.State == "Placed":
                order.Move("Rejected", world.Now);
                OweBack(order.Id);
                outbox.Add(Orders, order.Id, new OrderRejected(order.Id, "out-of-stock", ["?"], world.Now, order.Paid, Currency), cause);
                break;
        }
    }

    private void Confirm(SimulatedOrder order, Cause cause)
    {
        order.Move("Confirmed", world.Now);
        outbox.Add(Orders, order.Id, new OrderConfirmed(order.Id, world.Now), cause);
    }

    private void OweBack(Guid order)
    {
        foreach (var payment in _payments.Values.Where(payment => payment.OrderId == order && payment.RefundState is null).ToList())
        {
            _payments[payment.Reference] = payment with { RefundState = "Pending" };
        }
    }
}
