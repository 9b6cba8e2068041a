using Facts = EventDriven.Contracts.Orders;

namespace Checkout.Api.Orders;

/// <summary>
/// An order. Its state only moves along Placed → Confirmed | Rejected | Cancelled and Confirmed → Cancelled, whatever order facts arrive
/// in. Each move returns the fact to announce; a move that this state doesn't have changes nothing and returns null.
/// </summary>
internal sealed class Order
{
    private readonly List<OrderStep> _history = [];

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

    /// <summary>What was ordered, in the order of its numbers.</summary>
    public IReadOnlyList<OrderLine> Lines { get; private init; } = [];

    /// <summary>Its changes of state, oldest first.</summary>
    public IReadOnlyList<OrderStep> History => _history;

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
        return new(Id, OrderReasons.OutOfStock, skus, Move(OrderState.Rejected, OrderReasons.OutOfStock, at));
    }

    /// <summary>Stock that an immediate order was confirmed on is gone.</summary>
    public Facts.OrderCancelled? LoseStock(DateTimeOffset at) =>
        State == OrderState.Confirmed ? Cancelled(OrderReasons.StockLost, at) : null;

    /// <summary>The customer doesn't want it any more.</summary>
    public Facts.OrderCancelled? Cancel(DateTimeOffset at) =>
        State is OrderState.Placed or OrderState.Confirmed ? Cancelled(OrderReasons.CustomerRequest, at) : null;

    private Facts.OrderCancelled Cancelled(string reason, DateTimeOffset at) => new(Id, reason, Move(OrderState.Cancelled, reason, at));

    private DateTimeOffset Move(OrderState state, string? reason, DateTimeOffset at)
    {
        // Another instance's clock may be ahead of this one's; a history that runs backwards would help nobody.
        var notBefore = _history is [.., var last] && last.At > at ? last.At : at;
        State = state;
        _history.Add(new OrderStep { Number = _history.Count + 1, State = state, At = notBefore, Reason = reason });
        return notBefore;
    }
}
