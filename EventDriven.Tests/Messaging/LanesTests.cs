using System.Collections.Concurrent;
using EventDriven.Messaging.Consumer;
using FsCheck.Xunit;
using Microsoft.Extensions.Time.Testing;

namespace EventDriven.Tests.Messaging;

/// <summary>Law L5: a key is never handled twice at once nor out of order.</summary>
public sealed class LanesTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    [Property(MaxTest = 50)]
    public async Task<bool> Lanes_never_reorder_or_overlap_a_key(byte[] keys, byte concurrency, int seed)
    {
        var running = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var handled = new ConcurrentQueue<Item>();
        var overlapped = false;
        var atOnce = 0;
        var most = 0;
        var limit = 1 + (concurrency % 8);
        using var lanes = new Lanes<Item>(
            limit,
            async (item, attempt) =>
            {
                overlapped |= running.AddOrUpdate(item.Lane, 1, (_, n) => n + 1) > 1;
                InterlockedMax(ref most, Interlocked.Increment(ref atOnce));
                await Task.Yield();
                Interlocked.Decrement(ref atOnce);
                running.AddOrUpdate(item.Lane, 0, (_, n) => n - 1);

                // Some items fail once or twice: their lane waits, and keeps its order.
                if (attempt <= (item.Number + seed) % 3)
                {
                    return TimeSpan.FromTicks(1);
                }

                handled.Enqueue(item);
                return null;
            },
            TimeProvider.System);

        var items = keys.Select((key, number) => new Item($"key-{key % 7}", number)).ToList();
        items.ForEach(lanes.Post);
        await lanes.WhenIdle.WaitAsync(Bound, TestContext.Current.CancellationToken);

        return !overlapped
            && most <= limit
            && handled.Count == items.Count
            && items.GroupBy(i => i.Lane).All(lane => lane.Select(i => i.Number).SequenceEqual(handled.Where(h => h.Lane == lane.Key).Select(h => h.Number)));
    }

    [Fact]
    public async Task A_lane_that_waits_for_its_next_attempt_holds_up_no_other()
    {
        var time = new FakeTimeProvider();
        var done = new ConcurrentQueue<string>();
        using var lanes = new Lanes<Item>(
            1,
            (item, attempt) =>
            {
                if (item.Lane == "failing" && attempt == 1)
                {
                    return Task.FromResult<TimeSpan?>(TimeSpan.FromMinutes(5));
                }

                done.Enqueue($"{item.Lane}-{item.Number}");
                return Task.FromResult<TimeSpan?>(null);
            },
            time);

        lanes.Post(new Item("failing", 1));
        lanes.Post(new Item("failing", 2));
        lanes.Post(new Item("good", 1));
        await Eventually.TrueAsync(() => done.Count == 1);
        Assert.Equal(["good-1"], done);

        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromMinutes(5));
                return lanes.WhenIdle.IsCompleted;
            });
        Assert.Equal(["good-1", "failing-1", "failing-2"], done);
    }

    [Fact]
    public async Task Dropped_items_are_neither_started_nor_tried_again()
    {
        using var dropped = new CancellationTokenSource();
        var attempts = 0;
        using var lanes = new Lanes<Item>(
            1,
            (_, _) =>
            {
                attempts++;
                return Task.FromResult<TimeSpan?>(TimeSpan.FromHours(1));
            },
            TimeProvider.System);

        lanes.Post(new Item("a", 1) { Dropped = dropped.Token });
        lanes.Post(new Item("a", 2) { Dropped = dropped.Token });
        await Eventually.TrueAsync(() => attempts == 1);
        await dropped.CancelAsync();
        await lanes.WhenIdle.WaitAsync(Bound, TestContext.Current.CancellationToken);

        Assert.Equal(1, attempts);
    }

    [Fact]
    public async Task A_defect_in_the_attempt_is_not_swallowed()
    {
        using var lanes = new Lanes<Item>(1, (_, _) => throw new InvalidOperationException("defect"), TimeProvider.System);
        lanes.Post(new Item("a", 1));

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => lanes.WhenIdle.WaitAsync(Bound, TestContext.Current.CancellationToken));
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }

    private sealed record Item(string Lane, int Number) : ILaneItem
    {
        public CancellationToken Dropped { get; init; }
    }
}
