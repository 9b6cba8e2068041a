using EventDriven.ControlRoom.TryIt;

namespace EventDriven.Tests.ControlRoom.TryIt;

/// <summary>What can be tried, and that it has an end.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class OrderPlanTests
{
    [Theory]
    [InlineData("one", null, null, 1, null)]
    [InlineData("many", null, null, 100, null)]
    [InlineData("steady", "5", "2", 600, 5)]
    [InlineData("steady", "20", "10", 12_000, 20)]
    public void What_is_asked_for_is_planned(string what, string? perSecond, string? minutes, int count, int? rate) =>
        Assert.Equal(new OrderPlan(count, rate), OrderPlan.Of(what, perSecond, minutes));

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("all", null, null)]
    [InlineData("steady", null, "1")]
    [InlineData("steady", "21", "1")]
    [InlineData("steady", "0", "1")]
    [InlineData("steady", "5", "11")]
    [InlineData("steady", "-5", "1")]
    [InlineData("steady", "1.5", "1")]
    public void What_is_out_of_bounds_is_not(string? what, string? perSecond, string? minutes) =>
        Assert.Null(OrderPlan.Of(what, perSecond, minutes));

    [Fact]
    public void The_newest_twenty_orders_are_kept_and_all_are_counted()
    {
        var run = OrderRun.Begin(OrderPlan.One, DateTimeOffset.UnixEpoch);
        for (var n = 1; n <= 30; n++)
        {
            run = run.With(new PlacedOrder(Guid.Empty, $"{n}", DateTimeOffset.UnixEpoch, 1));
        }

        run = run.WithRefusal("Full.");

        Assert.Equal((30, 1, "Full."), (run.Placed, run.Refused, run.Problem));
        Assert.Equal(Enumerable.Range(11, 20).Reverse().Select(n => $"{n}"), run.Latest.Select(order => order.Total));
    }
}
