using Checkout.Api.Orders;
using FsCheck.Xunit;

namespace EventDriven.Tests.Checkout;

[Trait(UnitTest.Trait, UnitTest.Value)]
public class OrderTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly (OrderState From, OrderState To)[] Moves =
    [
        (OrderState.Placed, OrderState.Confirmed),
        (OrderState.Placed, OrderState.Rejected),
        (OrderState.Placed, OrderState.Cancelled),
        (OrderState.Confirmed, OrderState.Cancelled),
    ];

    public enum Fact
    {
        StockHeld,
        StockMissing,
        StockLost,
        CustomerCancels,
    }

    [Property]
    public void State_only_moves_along_the_allowed_paths_in_whatever_order_facts_arrive(Fact[] facts, int[] clocks)
    {
        var order = Placed();
        var announced = 0;
        for (var i = 0; i < facts.Length; i++)
        {
            var at = Start.AddSeconds(i < clocks.Length ? clocks[i] % 100 : i);
            announced += Apply(order, facts[i], at) ? 1 : 0;
        }

        var states = order.History.Select(s => s.State).ToArray();
        Assert.Equal(OrderState.Placed, states[0]);
        Assert.All(states.Zip(states.Skip(1)), move => Assert.Contains(move, Moves));
        Assert.Equal(order.State, states[^1]);
        Assert.Equal(states.Length - 1, announced);
        Assert.Equal(Enumerable.Range(1, states.Length), order.History.Select(s => s.Number));
        Assert.Equal(order.History.Select(s => s.At).Order(), order.History.Select(s => s.At));
    }

    [Fact]
    public void Order_that_was_cancelled_is_never_confirmed()
    {
        var order = Placed();
        Assert.NotNull(order.Cancel(Start));

        Assert.Null(order.Confirm(Start));
        Assert.Equal(OrderState.Cancelled, order.State);
    }

    [Fact]
    public void Stock_missing_for_an_order_confirmed_at_once_cancels_it_and_says_why()
    {
        var order = Placed();
        order.Confirm(Start);

        Assert.Null(order.Reject(["tea-assam"], Start));
        Assert.Equal("stock-lost", order.LoseStock(Start)?.Reason);
        Assert.Equal(OrderState.Cancelled, order.State);
        Assert.Null(order.RejectedSkus);
    }

    [Fact]
    public void Placing_announces_what_was_ordered_and_what_it_costs()
    {
        var (order, placed) = Order.Place(
            Guid.CreateVersion7(Start),
            Guid.CreateVersion7(Start),
            "ada@example.org",
            "EUR",
            [Line(1, "tea-assam", 3, 6.20m), Line(2, "mug-blue", 1, 12.00m)],
            Start);

        Assert.Equal(30.60m, order.Total);
        Assert.Equal(30.60m, placed.Total);
        Assert.Equal(order.Id, placed.OrderId);
        Assert.Equal(Start, placed.PlacedAt);
        Assert.Equal([("tea-assam", 3, 6.20m), ("mug-blue", 1, 12.00m)], placed.Lines.Select(l => (l.Sku, l.Quantity, l.UnitPrice)));
    }

    private static bool Apply(Order order, Fact fact, DateTimeOffset at) => fact switch
    {
        Fact.StockHeld => order.Confirm(at) is not null,
        Fact.StockMissing => order.Reject(["tea-assam"], at) is not null,
        Fact.StockLost => order.LoseStock(at) is not null,
        _ => order.Cancel(at) is not null,
    };

    private static Order Placed() =>
        Order.Place(Guid.CreateVersion7(Start), Guid.CreateVersion7(Start), "ada@example.org", "EUR",
            [Line(1, "tea-assam", 1, 6.20m)], Start).Order;

    private static OrderLine Line(int number, string sku, int quantity, decimal price) =>
        new() { Number = number, Sku = sku, Quantity = quantity, UnitPrice = price };
}
