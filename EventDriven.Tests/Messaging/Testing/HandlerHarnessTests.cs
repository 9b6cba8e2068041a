using EventDriven.Messaging;
using EventDriven.Messaging.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace EventDriven.Tests.Messaging.Testing;

public sealed class HandlerHarnessTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_tells_what_a_handler_announced_and_when_it_happened()
    {
        var harness = new HandlerHarness(time: new FakeTimeProvider(Noon));

        var announced = await harness.HandleAsync(new ShipOrder(harness.Outbox), new OrderPlaced("o-1"), cancellationToken: Cancelled);

        var shipped = Assert.Single(announced);
        Assert.Equal(new OrderShipped("o-1"), shipped.Data);
        Assert.Equal(Noon, shipped.OccurredAt);
    }

    [Fact]
    public async Task What_is_announced_carries_the_correlation_id_of_the_event_and_its_id_as_cause()
    {
        var harness = new HandlerHarness();
        var placed = new OrderPlaced("o-1");
        var envelope = harness.EnvelopeOf(placed) with { Id = "placed-1", CorrelationId = "request-1" };

        var announced = await harness.HandleAsync(new ShipOrder(harness.Outbox), placed, envelope, Cancelled);

        Assert.Equal(("request-1", "placed-1"), (announced[0].CorrelationId, announced[0].CausationId));
    }

    [Fact]
    public async Task A_handler_is_told_only_what_its_own_event_announced()
    {
        var harness = new HandlerHarness();
        var handler = new ShipOrder(harness.Outbox);
        await harness.HandleAsync(handler, new OrderPlaced("o-1"), cancellationToken: Cancelled);

        var announced = await harness.HandleAsync(handler, new OrderPlaced("o-2"), cancellationToken: Cancelled);

        Assert.Equal(new OrderShipped("o-2"), Assert.Single(announced).Data);
    }

    [Fact]
    public async Task An_exception_of_the_handler_reaches_the_test_and_nothing_is_announced()
    {
        var harness = new HandlerHarness();
        var handler = new ShipOrder(harness.Outbox);
        await Assert.ThrowsAsync<ContradictoryEventException>(() =>
            harness.HandleAsync(handler, new OrderPlaced(ShipOrder.Refused), cancellationToken: Cancelled));

        var announced = await harness.HandleAsync(handler, new OrderPlaced("o-2"), cancellationToken: Cancelled);

        Assert.Single(announced);
    }

    [Fact]
    public async Task The_changes_of_an_event_are_saved_and_no_longer_tracked()
    {
        await using var database = TestDatabase.New();
        var harness = new HandlerHarness(database);

        await harness.HandleAsync(new RecordOrder(database), new OrderPlaced("o-1"), cancellationToken: Cancelled);

        Assert.Empty(database.ChangeTracker.Entries());
        Assert.Equal("o-1", (await database.Orders.SingleAsync(Cancelled)).Id);
    }

    [Fact]
    public async Task A_handler_that_throws_leaves_no_change_for_the_next_event_to_save()
    {
        await using var database = TestDatabase.New();
        var harness = new HandlerHarness(database);
        await Assert.ThrowsAsync<ContradictoryEventException>(() =>
            harness.HandleAsync(new RecordOrder(database), new OrderPlaced(ShipOrder.Refused), cancellationToken: Cancelled));

        await harness.HandleAsync(new RecordOrder(database), new OrderPlaced("o-2"), cancellationToken: Cancelled);

        Assert.Equal("o-2", (await database.Orders.SingleAsync(Cancelled)).Id);
    }

    [Fact]
    public async Task What_waits_for_the_commit_runs_after_the_changes_are_saved()
    {
        await using var database = TestDatabase.New();
        var harness = new HandlerHarness(database);
        var handler = new RecordOrder(database);

        await harness.HandleAsync(handler, new OrderPlaced("o-1"), cancellationToken: Cancelled);

        Assert.Equal(1, handler.SavedAtCommit);
    }

    [Fact]
    public async Task A_batch_handler_announces_within_the_event_that_caused_it()
    {
        var harness = new HandlerHarness();
        var placed = new OrderPlaced("o-1");
        var first = harness.EnvelopeOf(placed) with { CorrelationId = "request-1" };
        var second = harness.EnvelopeOf(placed) with { CorrelationId = "request-2" };

        var announced = await harness.HandleBatchAsync(
            new ShipOrders(harness.Outbox, enters: true), [(placed, first), (placed, second)], Cancelled);

        Assert.Equal(["request-1", "request-2"], announced.Select(e => e.CorrelationId));
    }

    [Fact]
    public async Task A_batch_handler_that_does_not_say_for_which_event_it_announces_is_refused()
    {
        var harness = new HandlerHarness();
        var placed = new OrderPlaced("o-1");

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => harness.HandleBatchAsync(
            new ShipOrders(harness.Outbox, enters: false), [(placed, harness.EnvelopeOf(placed))], Cancelled));

        Assert.Contains("within Enter()", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task Data_that_its_record_does_not_admit_reaches_no_handler(int quantity)
    {
        var harness = new HandlerHarness();
        var placed = new OrderPlaced("o-1", quantity);

        var one = await Assert.ThrowsAsync<UnreadableEventException>(() =>
            harness.HandleAsync(new ShipOrder(harness.Outbox), placed, cancellationToken: Cancelled));
        await Assert.ThrowsAsync<UnreadableEventException>(() => harness.HandleBatchAsync(
            new ShipOrders(harness.Outbox, enters: true), [(placed, harness.EnvelopeOf(placed))], Cancelled));

        Assert.Equal("The data is not an OrderPlaced: quantity must be between 1 and 100.", one.Message);
    }

    [Fact]
    public async Task The_test_goes_on_outside_of_the_event()
    {
        var harness = new HandlerHarness();
        var placed = new OrderPlaced("o-1");

        await harness.HandleAsync(new ShipOrder(harness.Outbox), placed, cancellationToken: Cancelled);
        await harness.HandleBatchAsync(new ShipOrders(harness.Outbox, enters: true), [(placed, harness.EnvelopeOf(placed))], Cancelled);

        Assert.Null(CorrelationContext.Current);
    }
}
