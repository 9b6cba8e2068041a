using Checkout.Api.Orders;
using Checkout.Api.Orders.Watching;

namespace EventDriven.Tests.Checkout;

/// <summary>What is read for those who watch orders, and what they get of it.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class OrderChangesTests
{
    private static readonly Guid Id = Guid.Parse("0190a1b2-0000-7000-8000-000000000001");

    [Fact]
    public void Nothing_is_read_while_nobody_watches()
    {
        using var changes = new OrderChanges();
        changes.Announce(Id);
        var waiting = changes.WaitAsync(TimeSpan.Zero, TestContext.Current.CancellationToken);

        Assert.False(waiting.IsCompleted);
        Assert.Empty(changes.Take(all: true).Ids);
    }

    [Fact]
    public async Task Who_begins_to_watch_has_the_order_read_at_once()
    {
        using var changes = new OrderChanges();
        var waiting = changes.WaitAsync(TimeSpan.Zero, TestContext.Current.CancellationToken);
        using var subscription = changes.Subscribe(Id);

        await waiting.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal([Id], changes.Take(all: false).Ids);
        Assert.Empty(changes.Take(all: false).Ids);
    }

    [Fact]
    public async Task All_who_watch_an_order_share_what_was_read_and_only_news_is_asked_for()
    {
        using var changes = new OrderChanges();
        using var first = changes.Subscribe(Id);
        changes.Add([Step(1, OrderState.Placed)]);
        using var second = changes.Subscribe(Id);
        await WokenAsync(second);

        Assert.Equal([1], changes.Take(all: true).Known);
        changes.Add([Step(1, OrderState.Placed), Step(2, OrderState.Confirmed)]);

        await WokenAsync(first);
        Assert.Equal([1, 2], first.Steps.Select(step => step.Number));
        Assert.Same(first.Steps, second.Steps);
    }

    [Fact]
    public void An_order_that_nobody_watches_any_more_is_forgotten()
    {
        using var changes = new OrderChanges();
        changes.Subscribe(Id).Dispose();

        Assert.Empty(changes.Take(all: true).Ids);
        changes.Add([Step(1, OrderState.Placed)]);
    }

    [Fact]
    public async Task A_failure_ends_all_who_watch_and_none_who_come_later()
    {
        using var changes = new OrderChanges();
        var before = changes.Subscribe(Id);
        changes.Fail(new TimeoutException("away"));
        using var after = changes.Subscribe(Id);

        await WokenAsync(before);
        Assert.Throws<TimeoutException>(() => before.Steps);
        before.Dispose();
        Assert.Equal([Id], changes.Take(all: true).Ids);
        Assert.Empty(after.Steps);
    }

    private static OrderStep Step(int number, OrderState state) =>
        new() { OrderId = Id, Number = number, State = state, At = DateTimeOffset.UnixEpoch };

    private static async Task WokenAsync(OrderSubscription subscription)
    {
        await subscription.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }
}
