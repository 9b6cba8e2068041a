using Analytics.Worker;
using Analytics.Worker.Database;
using EventDriven.Contracts.Customers;
using EventDriven.Contracts.Orders;
using EventDriven.Contracts.Payments;
using EventDriven.Messaging;
using EventDriven.Tests.Inventory;
using EventDriven.Tests.Notifications;
using Microsoft.EntityFrameworkCore;
using Recommendations.Worker;
using Recommendations.Worker.Database;
using Facts = EventDriven.Contracts.Inventory;

namespace EventDriven.Tests.Services;

/// <summary>
/// A fact that contradicts an earlier one of its key changes nothing; the same fact that another event tells again is harmless, and has no
/// second effect.
/// </summary>
public sealed class ContradictionTests(Servers servers)
{
    private readonly Guid _order = Orders.NewId();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> OtherOrders => ["currency", "total", "lines", "placedAt"];

    [Fact]
    public async Task Inventory_reserves_what_an_order_was_placed_with_first()
    {
        await using var inventory = await InventoryService.CreateAsync(servers);
        await inventory.PlaceAsync(_order, ("mug-blue", 2), ("mug-blue", 1));

        await inventory.PlaceAsync(_order, ("mug-blue", 3));
        await ContradictsAsync("lines", () => inventory.PlaceAsync(_order, ("mug-blue", 4)));
        await ContradictsAsync("lines", () => inventory.PlaceAsync(_order, ("mug-blue", 3), ("pot-iron", 1)));

        Assert.Equal((997, 3), await inventory.StockAsync("mug-blue"));
        Assert.Equal((1000, 0), await inventory.StockAsync("pot-iron"));
        Assert.Single(await inventory.AnnouncedAsync(_order));
    }

    [Fact]
    public async Task Inventory_remembers_what_a_cancelled_order_was_placed_with()
    {
        await using var inventory = await InventoryService.CreateAsync(servers);
        await inventory.PlaceAsync(_order, ("mug-blue", 3));
        await inventory.CancelAsync(_order);

        await inventory.PlaceAsync(_order, ("mug-blue", 3));
        await ContradictsAsync("lines", () => inventory.PlaceAsync(_order, ("mug-blue", 4)));

        Assert.Equal((1000, 0), await inventory.StockAsync("mug-blue"));
    }

    [Fact]
    public async Task Notifications_writes_to_whom_it_was_told_first_and_once()
    {
        await using var notifications = await NotificationsService.CreateAsync(servers);
        await notifications.PlaceAsync(_order);
        await notifications.ConfirmAsync(_order);

        await notifications.PlaceAsync(_order);
        await notifications.ConfirmAsync(_order);
        await ContradictsAsync("email", () => notifications.PlaceAsync(_order, "somebody.else@customers.example"));
        await ContradictsAsync("order-received", () => notifications.PlaceAsync(_order, lines: [("mug-blue", 3)]));
        await ContradictsAsync("order-rejected", () => notifications.RejectAsync(_order, "mug-blue"));

        Assert.Equal(
            ["order-confirmed", "order-received"],
            (await notifications.MessagesAsync(_order)).Select(m => m.Kind).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Notifications_welcomes_a_customer_once_by_the_first_name()
    {
        await using var notifications = await NotificationsService.CreateAsync(servers);
        await notifications.SignUpAsync(_order, "new@customers.example", "Zoë");

        await notifications.SignUpAsync(_order, "new@customers.example", "Zoë");
        await ContradictsAsync("email", () => notifications.SignUpAsync(_order, "other@customers.example", "Zoë"));
        await ContradictsAsync("email", () => notifications.SignUpAsync(_order, "new@customers.example", "Chloë"));

        Assert.Single(await notifications.MessagesAsync(_order));
    }

    [Fact]
    public async Task Notifications_tells_of_a_payment_what_it_was_told_first()
    {
        await using var notifications = await NotificationsService.CreateAsync(servers);
        await notifications.PayAsync(_order, 5m);
        await notifications.RefusePaymentAsync(_order, 5m, "exceeds-total");
        await notifications.RefundAsync(_order, 5m);

        await ContradictsAsync("payment-received", () => notifications.PayAsync(_order, 6m));
        await ContradictsAsync("payment-refused", () => notifications.RefusePaymentAsync(_order, 6m, "exceeds-total"));
        await ContradictsAsync("payment-refunded", () => notifications.RefundAsync(_order, 6m));

        Assert.Equal(3, (await notifications.MessagesAsync(_order)).Count);
    }

    [Theory]
    [MemberData(nameof(OtherOrders))]
    public async Task Analytics_keeps_what_was_told_first_of_an_order(string field)
    {
        await using var analytics = await ServiceUnderTest<AnalyticsDbContext>.CreateAsync(servers, AnalyticsEvents.AddAnalyticsEvents);
        var placed = Orders.Placed(_order, ("mug-blue", 1), ("pot-iron", 2)) with { PlacedAt = Orders.PlacedAt.AddTicks(7) };
        await analytics.DeliverAsync(EventTypes.OrderPlaced, placed);
        var before = await RowsAsync();

        await analytics.DeliverAsync(EventTypes.OrderPlaced, placed);
        await ContradictsAsync(field, () => analytics.DeliverAsync(EventTypes.OrderPlaced, Other(placed, field)));

        Assert.Equal(before, await RowsAsync());

        Task<List<string>> RowsAsync() => analytics.ReadAsync(database => database.Database
            .SqlQuery<string>($"""SELECT o::text || i::text AS "Value" FROM orders o JOIN ordered_items i USING (order_id) ORDER BY 1""")
            .ToListAsync(Token));
    }

    [Theory]
    [InlineData(EventTypes.OrderRejected, EventTypes.OrderConfirmed)]
    [InlineData(EventTypes.OrderRejected, EventTypes.OrderCancelled)]
    [InlineData(EventTypes.OrderConfirmed, EventTypes.OrderRejected)]
    [InlineData(EventTypes.OrderCancelled, EventTypes.OrderRejected)]
    public async Task Analytics_knows_one_end_of_an_order(string first, string second)
    {
        await using var analytics = await ServiceUnderTest<AnalyticsDbContext>.CreateAsync(servers, AnalyticsEvents.AddAnalyticsEvents);
        await analytics.DeliverAsync(EventTypes.OrderPlaced, Orders.Placed(_order, ("mug-blue", 1)));
        await analytics.DeliverAsync(first, End(first));
        await analytics.DeliverAsync(first, End(first));
        var before = await StateAsync();

        await Assert.ThrowsAsync<ContradictoryEventException>(() => analytics.DeliverAsync(second, End(second)));

        Assert.Equal(before, await StateAsync());

        Task<string> StateAsync() =>
            analytics.ReadAsync(async database => (await database.Orders.AsNoTracking().SingleAsync(Token)).State.ToString());
    }

    [Fact]
    public async Task Analytics_keeps_the_first_time_of_what_happens_once()
    {
        await using var analytics = await ServiceUnderTest<AnalyticsDbContext>.CreateAsync(servers, AnalyticsEvents.AddAnalyticsEvents);
        (string Field, string Type, Func<DateTimeOffset, object> Fact)[] facts =
        [
            ("confirmedAt", EventTypes.OrderConfirmed, at => new OrderConfirmed(_order, at)),
            ("reservedAt", EventTypes.StockReserved, at => new Facts.StockReserved(_order, [], at)),
            ("signedUpAt", EventTypes.UserSignedUp, at => new UserSignedUp(_order, "new@customers.example", "New", at)),
        ];
        foreach (var (field, type, fact) in facts)
        {
            await analytics.DeliverAsync(type, fact(Orders.PlacedAt.AddTicks(7)));
            await analytics.DeliverAsync(type, fact(Orders.PlacedAt.AddTicks(7)));
            await ContradictsAsync(field, () => analytics.DeliverAsync(type, fact(Orders.PlacedAt.AddSeconds(1))));
        }

        Assert.Equal(
            [Orders.PlacedAt, Orders.PlacedAt, Orders.PlacedAt],
            await analytics.ReadAsync(database => database.Database.SqlQuery<DateTimeOffset>(
                $"""
                SELECT date_trunc('second', at) AS "Value"
                FROM (SELECT confirmed_at FROM orders UNION ALL SELECT reserved_at FROM reservations
                    UNION ALL SELECT signed_up_at FROM sign_ups) AS times (at)
                """).ToListAsync(Token)));
    }

    [Theory]
    [InlineData("amount", 5.41, "EUR", 0)]
    [InlineData("currency", 5.40, "USD", 0)]
    [InlineData("time", 5.40, "EUR", 1)]
    public async Task Analytics_keeps_what_was_told_first_of_a_payment_and_of_its_refund(
        string field, double amount, string currency, int microseconds)
    {
        await using var analytics = await ServiceUnderTest<AnalyticsDbContext>.CreateAsync(servers, AnalyticsEvents.AddAnalyticsEvents);
        (string Time, string Type, Func<string, decimal, string, DateTimeOffset, object> Fact)[] facts =
        [
            ("capturedAt", EventTypes.PaymentCaptured,
                (reference, money, unit, at) => new PaymentCaptured(_order, reference, money, unit, at)),
            ("refundedAt", EventTypes.PaymentRefunded,
                (reference, money, unit, at) => new PaymentRefunded(_order, reference, money, unit, "order-cancelled", at)),
        ];
        var at = Orders.PlacedAt.AddTicks(7);
        foreach (var (_, type, fact) in facts)
        {
            await analytics.DeliverAsync(type, fact("first", 5.40m, "EUR", at));
            await analytics.DeliverAsync(type, fact("second", 7m, "EUR", at));
        }

        var before = await RowsAsync();
        foreach (var (time, type, fact) in facts)
        {
            await analytics.DeliverAsync(type, fact("first", 5.4m, "EUR", at));
            await ContradictsAsync(
                field == "time" ? time : field,
                () => analytics.DeliverAsync(type, fact("first", (decimal)amount, currency, at.AddMicroseconds(microseconds))));
        }

        Assert.Equal(4, before.Count);
        Assert.Equal(before, await RowsAsync());

        Task<List<string>> RowsAsync() => analytics.ReadAsync(database => database.Database
            .SqlQuery<string>($"""SELECT p::text AS "Value" FROM payments p UNION ALL SELECT r::text FROM refunds r ORDER BY 1""")
            .ToListAsync(Token));
    }

    [Fact]
    public async Task Recommendations_keeps_the_first_basket_of_an_order()
    {
        await using var recommendations = await ServiceUnderTest<RecommendationsDbContext>.CreateAsync(
            servers, RecommendationsEvents.AddRecommendationsEvents);
        Task PlaceAsync(params string[] skus) =>
            recommendations.DeliverAsync(EventTypes.OrderPlaced, Orders.Placed(_order, [.. skus.Select(sku => (sku, 1))]));
        await PlaceAsync("mug-blue", "pot-iron", "mug-blue");

        await PlaceAsync("pot-iron", "mug-blue");
        await ContradictsAsync("lines", () => PlaceAsync("mug-blue"));
        await ContradictsAsync("lines", () => PlaceAsync("tea-sencha"));

        Assert.Equal(2, await recommendations.ReadAsync(database => database.BasketItems.CountAsync(Token)));
    }

    private object End(string type) => type switch
    {
        EventTypes.OrderConfirmed => new OrderConfirmed(_order, Orders.PlacedAt),
        EventTypes.OrderRejected => new OrderRejected(_order, "out-of-stock", ["mug-blue"], Orders.PlacedAt),
        _ => Orders.Cancelled(_order),
    };

    // As many lines, and the same total where that isn't what differs.
    private static OrderPlaced Other(OrderPlaced placed, string field) => field switch
    {
        "currency" => placed with { Currency = "USD" },
        "total" => placed with { Total = placed.Total + 0.01m },
        "placedAt" => placed with { PlacedAt = placed.PlacedAt.AddSeconds(1) },
        _ => placed with { Lines = [placed.Lines[0], placed.Lines[1] with { Sku = "kettle-steel" }] },
    };

    private static async Task ContradictsAsync(string field, Func<Task> deliver) =>
        Assert.StartsWith($"{field}: ", (await Assert.ThrowsAsync<ContradictoryEventException>(deliver)).Message, StringComparison.Ordinal);
}
