using EventDriven.Chaos.Evidence.ReadModels;
using EventDriven.Contracts.Customers;
using EventDriven.Contracts.Inventory;
using EventDriven.Contracts.Orders;
using EventDriven.Contracts.Payments;

namespace EventDriven.Chaos.Checking.Effects;

/// <summary>What a read model says after some facts, in whatever order and how often they come.</summary>
/// <param name="group">The group that writes it.</param>
internal sealed class ReadModelFold(string group)
{
    private readonly Dictionary<Guid, OrderFigures> _orders = [];
    private readonly HashSet<ReadModelRow> _rows = [];

    /// <summary>Its rows.</summary>
    public IReadOnlySet<ReadModelRow> Rows =>
        _rows.Concat(_orders.Select(order => order.Value.Row(order.Key))).Where(row => row.Group == group).ToHashSet();

    /// <summary>Adds a fact.</summary>
    public void Apply(object? fact)
    {
        switch (fact)
        {
            case OrderPlaced placed:
                var order = Of(placed.OrderId, 1);
                (order.PlacedAt, order.Currency, order.Total) = (placed.PlacedAt, placed.Currency, placed.Total);
                _rows.UnionWith(placed.Lines.GroupBy(line => line.Sku, StringComparer.Ordinal)
                    .Select(sku => ReadModelText.Item(placed.OrderId, sku.Key, sku.Sum(line => line.Quantity))));
                _rows.UnionWith(placed.Lines.Select(line => ReadModelText.Basket(placed.OrderId, line.Sku)));
                break;
            case OrderConfirmed confirmed:
                Of(confirmed.OrderId, 2).ConfirmedAt = confirmed.ConfirmedAt;
                break;
            case OrderRejected rejected:
                Of(rejected.OrderId, 3);
                break;
            case OrderCancelled cancelled:
                Of(cancelled.OrderId, 4);
                break;
            case PaymentCaptured paid:
                _rows.Add(ReadModelText.Payment(paid.OrderId, paid.ProviderReference, paid.Amount, paid.Currency, paid.CapturedAt));
                break;
            case PaymentRefunded back:
                _rows.Add(ReadModelText.Refund(back.OrderId, back.ProviderReference, back.Amount, back.Currency, back.RefundedAt));
                break;
            case StockReserved reserved:
                _rows.Add(ReadModelText.Reservation(reserved.OrderId, reserved.ReservedAt));
                break;
            case UserSignedUp signedUp:
                _rows.Add(ReadModelText.SignUp(signedUp.CustomerId, signedUp.SignedUpAt));
                break;
        }
    }

    private OrderFigures Of(Guid id, int state)
    {
        if (!_orders.TryGetValue(id, out var order))
        {
            _orders.Add(id, order = new OrderFigures());
        }

        order.State = Math.Max(order.State, state);
        return order;
    }

    private sealed class OrderFigures
    {
        public int State { get; set; }

        public DateTimeOffset? PlacedAt { get; set; }

        public DateTimeOffset? ConfirmedAt { get; set; }

        public string? Currency { get; set; }

        public decimal? Total { get; set; }

        public ReadModelRow Row(Guid id) => ReadModelText.Order(id, State, PlacedAt, ConfirmedAt, Currency, Total);
    }
}
