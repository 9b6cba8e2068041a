using EventDriven.ControlRoom.Tail;
using EventDriven.Messaging.Operations.Logs;

namespace EventDriven.Tests.ControlRoom.Tail;

/// <summary>What the tail shows of a topic.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class TailFilterTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, null, null, true)]
    [InlineData("k1", null, null, true)]
    [InlineData("k", null, null, false)]
    [InlineData(null, "PLACED", null, true)]
    [InlineData(null, "confirmed", null, false)]
    [InlineData(null, null, "MUG", true)]
    [InlineData(null, null, "/checkout", true)]
    [InlineData(null, null, "kettle", false)]
    [InlineData("k1", "placed", "kettle", false)]
    [InlineData(" k1 ", " ", "", true)]
    public void An_event_is_shown_that_matches_all_that_is_given(string? key, string? type, string? text, bool isShown) =>
        Assert.Equal(isShown, TailFilter.Of("orders", key, type, text).Matches(Logged(1)));

    [Fact]
    public void The_query_has_what_is_given_and_nothing_else() =>
        Assert.Equal("?topic=orders.v1&text=a%26b", TailFilter.Of("orders.v1", "", null, "a&b").Query);

    [Fact]
    public void Newer_events_come_first_each_once_and_the_oldest_leave()
    {
        var content = new TailContent([.. Enumerable.Range(1, 40).Reverse().Select(Logged)], 40, Now);

        var next = content.With(Enumerable.Range(30, 40).Select(Logged), passedOver: 3, problem: null);

        Assert.Equal(Enumerable.Range(20, 50).Reverse(), next.Events.Select(logged => (int)logged.Record.Offset));
        Assert.Equal(3, next.PassedOver);
    }

    private static LoggedEvent Logged(int offset) => new(
        new LogRecord("orders", 0, offset, Now.AddSeconds(offset), $"e{offset}", "shop.orders.order-placed.v1", "k1"),
        Now,
        [KeyValuePair.Create("ce_source", "/checkout")],
        """{"sku":"mug"}""");
}
