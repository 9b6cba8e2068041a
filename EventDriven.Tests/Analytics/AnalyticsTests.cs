using Analytics.Worker.Customers;
using Analytics.Worker.Orders;
using Analytics.Worker.Revenue;
using EventDriven.Tests.Services;
using FsCheck.Xunit;

namespace EventDriven.Tests.Analytics;

public sealed class AnalyticsTests(Servers servers) : IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private AnalyticsService _analytics = null!;

    public async ValueTask InitializeAsync() => _analytics = await AnalyticsService.CreateAsync(servers);

    public ValueTask DisposeAsync() => _analytics.DisposeAsync();

    [Property(MaxTest = 60, Arbitrary = [typeof(Hearsay)])]
    public async Task Facts_give_the_same_order_in_whatever_order_and_how_often_they_come(Fact[] facts)
    {
        var order = Orders.NewId();
        foreach (var fact in facts)
        {
            await DeliverAsync(order, fact);
        }

        DateTimeOffset? At(Fact fact, int seconds) => facts.Contains(fact) ? Orders.PlacedAt.AddSeconds(seconds) : null;
        var state = facts.Contains(Fact.Cancelled) ? "Cancelled" : facts.Contains(Fact.Confirmed) ? "Confirmed"
            : facts.Contains(Fact.Placed) ? "Placed" : null;
        var expected = state is null
            ? null
            : new OrderAnswer(
                order,
                state,
                At(Fact.Placed, 0),
                At(Fact.Confirmed, 2),
                At(Fact.Reserved, 1),
                At(Fact.Paid, 60) ?? At(Fact.PaidAgain, 120),
                facts.Contains(Fact.Placed) ? "EUR" : null,
                facts.Contains(Fact.Placed) ? 7.5m : null,
                (facts.Contains(Fact.Paid) ? 7.5m : 0m) + (facts.Contains(Fact.PaidAgain) ? 7.5m : 0m),
                facts.Contains(Fact.Paid) && facts.Contains(Fact.Refunded) ? 7.5m : 0m);
        Assert.Equal(expected, await _analytics.OrderAsync(order));
    }

    [Fact]
    public async Task Orders_are_counted_by_state_and_SKUs_by_quantity()
    {
        var ids = Enumerable.Range(0, 4).Select(_ => Orders.NewId()).ToArray();
        await _analytics.PlaceAsync(ids[0], ("mug-blue", 1), ("tea-sencha", 4), ("mug-blue", 2));
        await _analytics.PlaceAsync(ids[1], ("mug-blue", 3));
        await _analytics.PlaceAsync(ids[2], ("pot-iron", 1));
        await _analytics.PlaceAsync(ids[3], ("pot-iron", 1));
        await _analytics.ConfirmAsync(ids[0], Second);
        await _analytics.ConfirmAsync(ids[1], Second);
        await _analytics.CancelAsync(ids[1]);
        await _analytics.RejectAsync(ids[2]);

        var byState = await _analytics.AskAsync<Dictionary<string, long>>(
            async (database, token) => await OrdersApi.GetByStateAsync(database, token));
        Assert.Equal(
            new Dictionary<string, long>(
                StringComparer.Ordinal) { ["Placed"] = 1, ["Confirmed"] = 1, ["Rejected"] = 1, ["Cancelled"] = 1 }, byState);
        var top = await _analytics.AskAsync<List<SkuFigures>>(
            async (database, token) => (await OrdersApi.GetTopSkusAsync(limit: 2, take: null, database, token)).Result);
        Assert.Equal([new SkuFigures("mug-blue", 6, 2), new SkuFigures("tea-sencha", 4, 1)], top);
    }

    [Fact]
    public async Task Time_to_confirm_is_told_as_percentiles()
    {
        Assert.Equal(new ConfirmFigures(0, null, null), await TimeToConfirmAsync());

        for (var i = 1; i <= 101; i++)
        {
            var order = Orders.NewId();
            await _analytics.PlaceAsync(order, ("mug-blue", 1));
            await _analytics.ConfirmAsync(order, TimeSpan.FromMilliseconds(10 * i));
        }

        await _analytics.PlaceAsync(Orders.NewId(), ("mug-blue", 1));
        Assert.Equal(new ConfirmFigures(101, 510, 1000), await TimeToConfirmAsync());
    }

    [Fact]
    public async Task Revenue_is_summed_by_minute_and_currency()
    {
        // Orders are placed two seconds before a full minute.
        await _analytics.PayAsync(Orders.NewId(), 1.5m, "EUR", Second);
        await _analytics.PayAsync(Orders.NewId(), 2m, "EUR", 3 * Second);
        await _analytics.PayAsync(Orders.NewId(), 4m, "EUR", 60 * Second);
        await _analytics.PayAsync(Orders.NewId(), 8m, "USD", 3 * Second);
        var minute = Orders.PlacedAt.AddSeconds(-58);

        Assert.Equal(
            [
                new RevenueMinute(minute, "EUR", 1.5m, 1.5m, 0m, 1, 0),
                new RevenueMinute(minute.AddMinutes(1), "EUR", 6m, 6m, 0m, 2, 0),
                new RevenueMinute(minute.AddMinutes(1), "USD", 8m, 8m, 0m, 1, 0),
            ],
            await RevenueAsync(null, null, null));
        Assert.Equal(
            [new RevenueMinute(minute.AddMinutes(1), "EUR", 2m, 2m, 0m, 1, 0)],
            await RevenueAsync("EUR", minute.AddMinutes(1).ToOffset(TimeSpan.FromHours(2)), Orders.PlacedAt.AddMinutes(1)));
        Assert.Null(await RevenueAsync("euro", null, null));
        Assert.Null(await RevenueAsync(null, minute, minute));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Revenue_is_net_of_refunds_in_whatever_order_the_facts_come_and_a_refused_payment_is_none(bool refundsFirst)
    {
        var order = Orders.NewId();
        Func<Task>[] facts =
        [
            () => _analytics.PayAsync(order, 5m, "EUR", 3 * Second),
            () => _analytics.PayAsync(order, 0.4m, "EUR", 4 * Second, "second"),
            () => _analytics.RefundAsync(order, 5m, "EUR", 5 * Second),
            () => _analytics.RefundAsync(order, 0.4m, "EUR", 70 * Second, "second"),
            () => _analytics.RefundAsync(order, 9m, "EUR", 5 * Second, "refused"),
        ];
        foreach (var fact in refundsFirst ? facts.Reverse().Concat(facts) : facts.Concat(facts))
        {
            await fact();
        }

        var minute = Orders.PlacedAt.AddSeconds(2);
        Assert.Equal(
            [new RevenueMinute(minute, "EUR", 0.4m, 5.4m, 5m, 2, 1), new RevenueMinute(minute.AddMinutes(1), "EUR", -0.4m, 0m, 0.4m, 0, 1)],
            await RevenueAsync(null, null, null));
    }

    [Fact]
    public async Task Sign_ups_are_counted_by_customer()
    {
        var customer = Orders.NewId();
        await _analytics.SignUpAsync(customer);
        await _analytics.SignUpAsync(customer);
        await _analytics.SignUpAsync(Orders.NewId());

        Assert.Equal(
            new SignUpFigures(2),
            await _analytics.AskAsync<SignUpFigures>(async (database, token) => await SignUpsApi.GetAsync(database, token)));
    }

    private Task DeliverAsync(Guid order, Fact fact) => fact switch
    {
        Fact.Placed => _analytics.PlaceAsync(order, ("mug-blue", 3)),
        Fact.Confirmed => _analytics.ConfirmAsync(order, 2 * Second),
        Fact.Cancelled => _analytics.CancelAsync(order),
        Fact.Reserved => _analytics.ReserveAsync(order, Second),
        Fact.Paid => _analytics.PayAsync(order, 7.5m, "EUR", 60 * Second),
        Fact.Refunded => _analytics.RefundAsync(order, 7.5m, "EUR", 180 * Second),
        Fact.RefusedRefunded => _analytics.RefundAsync(order, 7.5m, "EUR", 180 * Second, "refused"),
        Fact.PaidAgain => _analytics.PayAsync(order, 7.5m, "EUR", 120 * Second, "second"),
        _ => throw new ArgumentOutOfRangeException(nameof(fact)),
    };

    private Task<ConfirmFigures?> TimeToConfirmAsync() =>
        _analytics.AskAsync<ConfirmFigures>(async (database, token) => await OrdersApi.GetTimeToConfirmAsync(database, token));

    private Task<List<RevenueMinute>?> RevenueAsync(string? currency, DateTimeOffset? from, DateTimeOffset? to) =>
        _analytics.AskAsync<List<RevenueMinute>>(
            async (database, token) => (await RevenueApi.GetAsync(currency, from, to, database, token)).Result);
}
