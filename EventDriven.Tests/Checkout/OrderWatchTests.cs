using Checkout.Api.Orders.Watching;

namespace EventDriven.Tests.Checkout;

[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class OrderWatchTests
{
    [Fact]
    public void Streams_that_began_together_do_not_end_together()
    {
        var lifetimes = Enumerable.Range(0, 1_000).Select(_ => OrderWatch.NewLifetime().TotalSeconds).ToList();

        Assert.All(lifetimes, seconds => Assert.InRange(seconds, 240, 360));
        Assert.InRange(lifetimes.Max() - lifetimes.Min(), 60, 120);
    }
}
