using Checkout.Api.Orders.Paying;
using EventDriven.Contracts.Payments;
using Facts = EventDriven.Contracts.Orders;

namespace Checkout.Api.Orders;

/// <summary>
/// An order. Its state moves only from Placed to Confirmed, Rejected or Cancelled, and from Confirmed to Cancelled, in whatever order facts
/// arrive. Each transition returns the event to publish; a transition that the state doesn't allow changes nothing and returns null. An
/// order accepts payments up to its total while it is Placed or Confirmed, and owes all of them back once it is rejected or cancelled
/// (docs/architecture.md draws both).
/// </summary>
internal sealed class Order
{
    private readonly List<OrderStep> _history = [];
    private readonly List<Payment> _payments = [];

    private Order()
    {
    }

    /// <summary>UUIDv7: ids sort by the time at which orders were placed.</summary>
    public Guid Id { get; private init; }

    /// <summary>The customer.</summary>
    public Guid CustomerId { get; private init; }

    /// <summary>ISO 4217 code.</summary>
    public string Currency { get; private init; } = "";

    /// <summary>Sum of the lines.</summary>
    public decimal Total { get; private init; }

    /// <summary>The current state.</summary>
    public OrderState State { get; private set; }

    /// <summary>The missing SKUs of a rejected order; otherwise null.</summary>
    public string[]? RejectedSkus { get; private set; }

    /// <summary>Sum of the accepted payments, in <see cref="Currency"/>, at most the total. Refunds don't reduce it.</summary>
    public decimal Paid { get; private set; }

    /// <summary>Amount still to be paid; 0 if the order accepts no payments any more.</summary>
    public decimal Outstanding => State is OrderState.Placed or OrderState.Confirmed ? Total - Paid : 0m;

    /// <summary>The lines, by number.</summary>
    public IReadOnlyList<OrderLine> Lines { get; private init; } = [];

    /// <summary>The changes of state, oldest first.</summary>
    public IReadOnlyList<OrderStep> History => _history;

    /// <summary>
    /// All payments that the provider captured for the order, refused ones included. They must be loaded to capture, cancel or reject.
    /// </summary>
    public IReadOnlyList<Payment> Payments => _payments;

    /// <summary>Creates an order and its OrderPlaced event, which alone has the e-mail address: nobody needs it here.</summary>
    /// <exception cref="ArgumentException">There are no lines.</exception>
    public static (Order Order, Facts.OrderPlaced Placed) Place(
        Guid id, Guid customerId, string email, string currency, IReadOnlyList<OrderLine> lines, DateTimeOffset at)
    {
        if (lines.Count == 0)
        {
            throw new ArgumentException("An order has at least one line.", nameof(lines));
        }

        var order = new Order
        {
            Id = id,
            CustomerId = customerId,
            Currency = currency,
            Total = lines.Sum(l => l.Quantity * l.UnitPrice),
            Lines = lines,
        };
        order.Move(OrderState.Placed, null, at);

        var announced = lines.Select(l => new Facts.OrderLine(l.Sku, l.Quantity, l.UnitPrice)).ToArray();
        return (order, new Facts.OrderPlaced(id, customerId, email, currency, order.Total, announced, order.History[0].At));
    }

    /// <summary>
    /// Whether Inventory has confirmed the stock by an event. An immediate order got both states at the same time, from a hold; Inventory's
    /// later event leaves no trace in it.
    /// </summary>
    public bool WasReserved => _history.Exists(step => step.State == OrderState.Confirmed && step.At > _history[0].At);

    /// <summary>Confirms the order: stock is held for every line.</summary>
    public Facts.OrderConfirmed? Confirm(DateTimeOffset at) =>
        State == OrderState.Placed ? new(Id, Move(OrderState.Confirmed, null, at)) : null;

    /// <summary>Rejects the order: stock can't be held.</summary>
    /// <param name="skus">The missing SKUs.</param>
    /// <param name="at">When, UTC.</param>
    public Facts.OrderRejected? Reject(string[] skus, DateTimeOffset at)
    {
        if (State != OrderState.Placed)
        {
            return null;
        }

        RejectedSkus = skus;
        var rejectedAt = Move(OrderState.Rejected, OrderReasons.OutOfStock, at);
        return new(Id, OrderReasons.OutOfStock, skus, rejectedAt, OweBack(RefundReasons.OrderRejected, rejectedAt), Currency);
    }

    /// <summary>Cancels an immediate order: the stock that it was confirmed on is gone.</summary>
    public Facts.OrderCancelled? LoseStock(DateTimeOffset at) =>
        State == OrderState.Confirmed ? Cancelled(OrderReasons.StockLost, at) : null;

    /// <summary>Cancels the order on the customer's request.</summary>
    public Facts.OrderCancelled? Cancel(DateTimeOffset at) =>
        State is OrderState.Placed or OrderState.Confirmed ? Cancelled(OrderReasons.CustomerRequest, at) : null;

    /// <summary>Records captured money: the order accepts it, or owes it back at once.</summary>
    /// <param name="providerReference">The provider's id of the payment. Repeating it changes nothing.</param>
    /// <param name="amount">More than 0, in <see cref="Currency"/>.</param>
    /// <param name="at">When, UTC.</param>
    public CaptureOutcome Capture(string providerReference, decimal amount, DateTimeOffset at)
    {
        EnsurePaymentsLoaded();
        if (_payments.Find(p => p.ProviderReference == providerReference) is { } known)
        {
            return known.Amount == amount ? new CaptureOutcome.Repeated(known) : new CaptureOutcome.Contradicted();
        }

        var refusal = State switch
        {
            OrderState.Cancelled => RefundReasons.OrderCancelled,
            OrderState.Rejected => RefundReasons.OrderRejected,
            _ => amount > Outstanding ? RefundReasons.ExceedsTotal : null,
        };
        var payment = new Payment
        {
            ProviderReference = providerReference,
            OrderId = Id,
            Amount = amount,
            Currency = Currency,
            CapturedAt = at,
            Refusal = refusal,
        };
        _payments.Add(payment);
        if (refusal is not null)
        {
            payment.OweBack(refusal, at);
            return new CaptureOutcome.Refused(new PaymentRefused(Id, providerReference, amount, Currency, refusal, at));
        }

        Paid += amount;
        return new CaptureOutcome.Taken(new PaymentCaptured(Id, providerReference, amount, Currency, at, Outstanding));
    }

    private Facts.OrderCancelled Cancelled(string reason, DateTimeOffset at)
    {
        var cancelledAt = Move(OrderState.Cancelled, reason, at);
        return new(Id, reason, cancelledAt, OweBack(RefundReasons.OrderCancelled, cancelledAt), Currency);
    }

    /// <summary>Marks all accepted payments for refund; returns their sum.</summary>
    private decimal OweBack(string reason, DateTimeOffset at)
    {
        EnsurePaymentsLoaded();
        foreach (var payment in _payments.Where(p => p.IsTaken))
        {
            payment.OweBack(reason, at);
        }

        return Paid;
    }

    // A query that forgot the payments would keep the customer's money, or take it twice.
    private void EnsurePaymentsLoaded()
    {
        if (_payments.Where(p => p.IsTaken).Sum(p => p.Amount) != Paid)
        {
            throw new InvalidOperationException($"The payments of order {Id} are not loaded.");
        }
    }

    private DateTimeOffset Move(OrderState state, string? reason, DateTimeOffset at)
    {
        // Another instance's clock may be ahead of this one's, but the history must not run backwards.
        var notBefore = _history is [.., var last] && last.At > at ? last.At : at;
        State = state;
        _history.Add(new OrderStep { Number = _history.Count + 1, State = state, At = notBefore, Reason = reason });
        return notBefore;
    }
}
