using Checkout.Api.Orders.Paying;
using EventDriven.Contracts.Payments;
using Facts = EventDriven.Contracts.Orders;

namespace Checkout.Api.Orders;

/// <summary>
/// An order. Its state only moves along Placed → Confirmed | Rejected | Cancelled and Confirmed → Cancelled, whatever order facts arrive
/// in. Each move returns the fact to announce; a move that this state doesn't have changes nothing and returns null. It takes money while it is
/// Placed or Confirmed, up to its total, and owes all of it back once it is rejected or cancelled (docs/architecture.md draws both).
/// </summary>
internal sealed class Order
{
    private readonly List<OrderStep> _history = [];
    private readonly List<Payment> _payments = [];

    private Order()
    {
    }

    /// <summary>UUIDv7: the order of ids is the order in which orders were placed.</summary>
    public Guid Id { get; private init; }

    /// <summary>Who ordered.</summary>
    public Guid CustomerId { get; private init; }

    /// <summary>Where the customer wants to be written to. Personal data: neither logged nor answered.</summary>
    public string Email { get; private init; } = "";

    /// <summary>ISO 4217 code.</summary>
    public string Currency { get; private init; } = "";

    /// <summary>Sum of the lines.</summary>
    public decimal Total { get; private init; }

    /// <summary>Where it stands.</summary>
    public OrderState State { get; private set; }

    /// <summary>The SKUs that it was rejected for; null unless it was.</summary>
    public string[]? RejectedSkus { get; private set; }

    /// <summary>Sum of the payments that it took, in <see cref="Currency"/>: at most its total. What goes back later stays in it.</summary>
    public decimal Paid { get; private set; }

    /// <summary>What is still to be paid; 0 for an order that takes no money any more.</summary>
    public decimal Outstanding => State is OrderState.Placed or OrderState.Confirmed ? Total - Paid : 0m;

    /// <summary>What was ordered, in the order of its numbers.</summary>
    public IReadOnlyList<OrderLine> Lines { get; private init; } = [];

    /// <summary>Its changes of state, oldest first.</summary>
    public IReadOnlyList<OrderStep> History => _history;

    /// <summary>All payments that the provider captured for it, also those that it refused. What captures, cancels or rejects needs them loaded.</summary>
    public IReadOnlyList<Payment> Payments => _payments;

    /// <summary>A new order, and the fact that it was placed.</summary>
    /// <exception cref="ArgumentException">It has no lines.</exception>
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
            Email = email,
            Currency = currency,
            Total = lines.Sum(l => l.Quantity * l.UnitPrice),
            Lines = lines,
        };
        order.Move(OrderState.Placed, null, at);

        var announced = lines.Select(l => new Facts.OrderLine(l.Sku, l.Quantity, l.UnitPrice)).ToArray();
        return (order, new Facts.OrderPlaced(id, customerId, email, currency, order.Total, announced, order.History[0].At));
    }

    /// <summary>
    /// Whether Inventory has said that stock is held. An order that was confirmed at once, by a hold, had both states at the same time; that Inventory
    /// said so afterwards leaves no trace.
    /// </summary>
    public bool WasReserved => _history.Exists(step => step.State == OrderState.Confirmed && step.At > _history[0].At);

    /// <summary>Stock is held for every line.</summary>
    public Facts.OrderConfirmed? Confirm(DateTimeOffset at) =>
        State == OrderState.Placed ? new(Id, Move(OrderState.Confirmed, null, at)) : null;

    /// <summary>Stock can't be held.</summary>
    /// <param name="skus">What is missing.</param>
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

    /// <summary>Stock that an immediate order was confirmed on is gone.</summary>
    public Facts.OrderCancelled? LoseStock(DateTimeOffset at) =>
        State == OrderState.Confirmed ? Cancelled(OrderReasons.StockLost, at) : null;

    /// <summary>The customer doesn't want it any more.</summary>
    public Facts.OrderCancelled? Cancel(DateTimeOffset at) =>
        State is OrderState.Placed or OrderState.Confirmed ? Cancelled(OrderReasons.CustomerRequest, at) : null;

    /// <summary>The provider captured money: the order takes it, or owes it back at once.</summary>
    /// <param name="providerReference">The provider's own id of the payment; the same one again changes nothing.</param>
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

    /// <summary>What was paid is owed back; returns how much that is.</summary>
    private decimal OweBack(string reason, DateTimeOffset at)
    {
        EnsurePaymentsLoaded();
        foreach (var payment in _payments.Where(p => p.IsTaken))
        {
            payment.OweBack(reason, at);
        }

        return Paid;
    }

    // A query that forgets them would keep the customer's money, or take it twice.
    private void EnsurePaymentsLoaded()
    {
        if (_payments.Where(p => p.IsTaken).Sum(p => p.Amount) != Paid)
        {
            throw new InvalidOperationException($"The payments of order {Id} are not loaded.");
        }
    }

    private DateTimeOffset Move(OrderState state, string? reason, DateTimeOffset at)
    {
        // Another instance's clock may be ahead of this one's; a history that runs backwards would help nobody.
        var notBefore = _history is [.., var last] && last.At > at ? last.At : at;
        State = state;
        _history.Add(new OrderStep { Number = _history.Count + 1, State = state, At = notBefore, Reason = reason });
        return notBefore;
    }
}
