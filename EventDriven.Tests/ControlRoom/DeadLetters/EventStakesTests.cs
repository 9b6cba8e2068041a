using EventDriven.ControlRoom.DeadLetters;

namespace EventDriven.Tests.ControlRoom.DeadLetters;

/// <summary>Which orders and how much money stand behind a parked key, as far as its events say.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class EventStakesTests
{
    [Fact]
    public void An_orders_money_counts_once_however_many_events_name_it()
    {
        var stakes = Of(
            """{"orderId":"a","currency":"EUR","total":20.50,"email":"pd1.k.s"}""",
            """{"orderId":"a","currency":"EUR","amount":10.00}""",
            """{"orderId":"b","currency":"USD","amount":7}""",
            """{"orderId":"c","currency":"EUR","total":1.25}""");

        Assert.Equal(["a", "b", "c"], stakes.Orders);
        Assert.Equal(21.75m, stakes.Money["EUR"]);
        Assert.Equal(7m, stakes.Money["USD"]);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[1, 2]")]
    [InlineData("null")]
    [InlineData("""{"customerId":"a"}""")]
    [InlineData("""{"orderId":7,"total":3}""")]
    public void What_says_nothing_of_an_order_counts_for_nothing(string data)
    {
        var stakes = Of(data);

        Assert.Empty(stakes.Orders);
        Assert.Empty(stakes.Money);
    }

    [Fact]
    public void An_order_without_an_amount_is_an_order_all_the_same()
    {
        var stakes = Of("""{"orderId":"a"}""");

        Assert.Equal(["a"], stakes.Orders);
        Assert.Empty(stakes.Money);
    }

    private static EventStakes Of(params string[] data) =>
        EventStakes.Of(data.Select(text => SomeDeadLetters.Failed(1, text)));
}
