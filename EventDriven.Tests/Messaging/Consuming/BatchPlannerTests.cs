using EventDriven.Messaging.Consuming.Scheduling;

namespace EventDriven.Tests.Messaging.Consuming;

/// <summary>The size of batches, and how many run at once, from what handlers and transactions take.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class BatchPlannerTests
{
    private const int MaxEvents = 200;

    /// <summary>A lane's events may take 40 transactions together, those of several lanes 10.</summary>
    [Theory]
    [InlineData(0, 200, 200)]
    [InlineData(0.01, 200, 200)]
    [InlineData(0.1, 200, 100)]
    [InlineData(1, 40, 10)]
    [InlineData(4, 10, 2)]
    [InlineData(20, 2, 1)]
    [InlineData(1_000, 1, 1)]
    public void Slower_handlers_get_smaller_batches(double handler, int maxEvents, int maxShared)
    {
        var plan = BatchPlanner.Plan(MaxEvents, handler, waits: 0, TimeSpan.Zero);

        Assert.Equal((maxEvents, maxShared), (plan.MaxEvents, plan.MaxShared));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(0.05, true)]
    [InlineData(0.06, false)]
    [InlineData(5, false)]
    public void Handlers_that_wait_for_something_else_than_the_database_are_not_quick(double waits, bool isQuick) =>
        Assert.Equal(isQuick, BatchPlanner.Plan(MaxEvents, handler: 1, waits, TimeSpan.Zero).IsQuick);

    [Theory]
    [InlineData(0, 250)]
    [InlineData(10, 250)]
    [InlineData(100, 800)]
    public void A_batch_is_slow_after_eight_times_the_average(int averageMs, int slowAfterMs) => Assert.Equal(
        TimeSpan.FromMilliseconds(slowAfterMs),
        BatchPlanner.Plan(MaxEvents, handler: 0, waits: 0, TimeSpan.FromMilliseconds(averageMs)).SlowAfter);

    [Theory]
    [InlineData(1, 0, 0, 32)]
    [InlineData(100, 31, 0, 1)]
    [InlineData(100, 32, 0, 0)]
    public void Handlers_that_wait_run_in_as_many_batches_as_may_be(int ready, int running, int slow, int free) =>
        Assert.Equal(free, Plan(isQuick: false).FreeBatches(concurrency: 32, ready, running, slow));

    [Theory]
    [InlineData(1, 0, 0, 1)]
    [InlineData(10, 1, 0, 0)]
    [InlineData(11, 0, 0, 2)]
    [InlineData(11, 1, 0, 1)]
    [InlineData(11, 2, 0, 0)]
    [InlineData(1, 1, 1, 1)]
    [InlineData(11, 3, 3, 2)]
    [InlineData(11, 32, 32, 0)]
    public void Quick_handlers_run_in_few_batches_besides_those_that_may_hang(int ready, int running, int slow, int free) =>
        Assert.Equal(free, Plan(isQuick: true).FreeBatches(concurrency: 32, ready, running, slow));

    [Theory]
    [InlineData(9, 1, 2, true)]
    [InlineData(10, 1, 2, false)]
    [InlineData(9, 2, 2, false)]
    public void A_lane_joins_while_there_are_few_events_and_lanes(int events, int lanes, int maxLanes, bool joins) =>
        Assert.Equal(joins, Plan(isQuick: true).MayJoin(events, lanes, maxLanes));

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(5, 2, 3)]
    [InlineData(4, 2, 2)]
    public void The_lanes_that_are_ready_share_the_free_batches(int ready, int free, int lanes) =>
        Assert.Equal(lanes, BatchPlan.LanesPerBatch(ready, free));

    private static BatchPlan Plan(bool isQuick) => new(MaxEvents: 40, MaxShared: 10, isQuick, TimeSpan.FromSeconds(1));
}
