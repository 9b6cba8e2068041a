using EventDriven.Tests.Checkout.Host;
using Microsoft.EntityFrameworkCore;

namespace EventDriven.Tests.Checkout;

/// <summary>On a Checkout of its own: what is planted here would be found by every other test.</summary>
public sealed class DoubledEffectsTests(Servers servers)
{
    [Fact]
    public async Task An_order_that_was_confirmed_twice_is_a_doubled_effect()
    {
        await using var app = new CheckoutApp(
            new CheckoutAppOptions(await servers.CreateDatabaseAsync(TestContext.Current.CancellationToken), servers.Redis));
        var order = await app.Client.PlaceAsync();
        await app.StockReservedAsync(order);
        using var cancelled = await app.Client.CancelAsync(order);
        Assert.Empty(await DoubledAsync(app));

        await app.QueryAsync(database => database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO order_history
            SELECT order_id, 9, state, at, reason FROM order_history WHERE order_id = {order} AND state = 'Confirmed'
            """));

        Assert.Equal([$"checkout Confirmed 2 times {order}"], await DoubledAsync(app));
    }

    [Fact]
    public async Task An_order_that_was_paid_otherwise_than_by_its_payments_is_a_doubled_effect()
    {
        await using var app = new CheckoutApp(
            new CheckoutAppOptions(await servers.CreateDatabaseAsync(TestContext.Current.CancellationToken), servers.Redis));
        var order = await app.Client.PlaceAsync();
        await app.Client.PaidAsync(order, "first", 5m);
        using var refused = await app.Client.PayAsync(order, "second", 13.80m);
        Assert.Empty(await DoubledAsync(app));

        await app.QueryAsync(database => database.Database.ExecuteSqlAsync($"UPDATE orders SET paid = 10 WHERE id = {order}"));

        Assert.Equal([$"checkout paid 10.00, by payments of 5.00 {order}"], await DoubledAsync(app));
    }

    private static Task<List<string>> DoubledAsync(CheckoutApp app) => app.QueryAsync(database => database.Database
        .SqlQuery<string>($"""SELECT concat_ws(' ', "group", detail, key) AS "Value" FROM doubled_effects""")
        .ToListAsync(TestContext.Current.CancellationToken));
}
