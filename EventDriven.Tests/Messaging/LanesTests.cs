using System.Collections.Concurrent;
using EventDriven.Messaging.Consuming.Scheduling;
using FsCheck.Xunit;
using Microsoft.Extensions.Time.Testing;

namespace EventDriven.Tests.Messaging;

/// <summary>Law L5: a key is never handled twice at once nor out of order.</summary>
public sealed class LanesTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    [Property(MaxTest = 50)]
    public async Task<bool> Lanes_never_reorder_or_overlap_a_key(byte[] keys, byte concurrency, byte batch, int seed)
    {
        var running = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var handled = new ConcurrentQueue<Item>();
        var wrong = 0;
        var atOnce = 0;
        var most = 0;
        var limit = 1 + (concurrency % 8);
        var size = 1 + (batch % 5);
        var lanes = new Lanes<Item>(
            limit,
            new BatchSize(size),
            async items =>
            {
                var inBatch = items.Select(i => i.Lane).Distinct(StringComparer.Ordinal).ToList();
                var overlaps = inBatch.Exists(lane => running.AddOrUpdate(lane, 1, (_, n) => n + 1) > 1);
                var crowded = items.Count > size || (items.Count > 1 && items.Any(i => i.Alone));
                Interlocked.Add(ref wrong, overlaps || crowded ? 1 : 0);
                InterlockedMax(ref most, Interlocked.Increment(ref atOnce));
                await Task.Yield();
                Interlocked.Decrement(ref atOnce);
                inBatch.ForEach(lane => running.AddOrUpdate(lane, 0, (_, n) => n - 1));

                // Some items fail once or twice: their lane waits, and keeps its order; from then on they are alone.
                var stopped = new HashSet<string>(StringComparer.Ordinal);
                foreach (var item in items)
                {
                    item.Again = stopped.Contains(item.Lane) ? TimeSpan.Zero : null;
                    if (item.Again is null && ++item.Attempts <= (item.Number + seed) % 3)
                    {
                        item.Again = TimeSpan.FromTicks(item.Number % 2);
                        item.Alone = true;
                        stopped.Add(item.Lane);
                    }
                    else if (item.Again is null)
                    {
                        handled.Enqueue(item);
                    }
                }
            },
            TimeProvider.System);

        var items = keys.Select((key, number) => new Item($"key-{key % 7}", number)).ToList();
        items.ForEach(lanes.Post);
        await lanes.WhenIdle.WaitAsync(Bound, TestContext.Current.CancellationToken);

        return wrong == 0
            && most <= limit
            && handled.Count == items.Count
            && items.GroupBy(i => i.Lane).All(lane => lane.Select(i => i.Number).SequenceEqual(handled.Where(h => h.Lane == lane.Key).Select(h => h.Number)));
    }

    [Fact]
    public async Task A_lane_that_waits_for_its_next_attempt_holds_up_no_other()
    {
        var time = new FakeTimeProvider();
        var done = new ConcurrentQueue<string>();
        var lanes = new Lanes<Item>(
            1,
            new BatchSize(1),
            items =>
            {
                var item = items[0];
                item.Again = item.Lane == "failing" && ++item.Attempts == 1 && item.Number == 1 ? TimeSpan.FromMinutes(5) : null;
                if (item.Again is null)
                {
                    done.Enqueue($"{item.Lane}-{item.Number}");
                }

                return Task.CompletedTask;
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
    public async Task What_is_posted_first_is_handled_before_an_item_that_waits_and_ends_its_wait()
    {
        var done = new ConcurrentQueue<string>();
        var lanes = Waiting(done);
        lanes.Post(new Item("a", 1));
        lanes.Post(new Item("a", 2));
        await Eventually.TrueAsync(() => done.Contains("a1 waits"));

        lanes.PostFirst(new Item("a", 3));
        await lanes.WhenIdle.WaitAsync(Bound, TestContext.Current.CancellationToken);

        Assert.Equal(["a1 waits", "a3", "a1", "a2"], done);
    }

    [Fact]
    public async Task Lanes_that_are_woken_wait_no_longer()
    {
        var done = new ConcurrentQueue<string>();
        var lanes = Waiting(done);
        lanes.Post(new Item("a", 1));
        lanes.Post(new Item("b", 1));
        await Eventually.TrueAsync(() => done.Count == 2);

        lanes.Wake(item => item.Lane == "a");
        await Eventually.TrueAsync(() => done.Contains("a1"));
        Assert.DoesNotContain("b1", done);

        lanes.Wake(_ => true);
        await lanes.WhenIdle.WaitAsync(Bound, TestContext.Current.CancellationToken);
        Assert.Contains("b1", done);
    }

    /// <summary>The first item of each lane waits for longer than any test, once.</summary>
    private static Lanes<Item> Waiting(ConcurrentQueue<string> done) => new(
        1,
        new BatchSize(1),
        items =>
        {
            var item = items[0];
            item.Again = item.Number == 1 && ++item.Attempts == 1 ? TimeSpan.FromHours(1) : null;
            done.Enqueue($"{item.Lane}{item.Number}{(item.Again is null ? "" : " waits")}");
            return Task.CompletedTask;
        },
        TimeProvider.System);

    [Fact]
    public async Task Dropped_items_are_neither_started_nor_tried_again()
    {
        using var dropped = new CancellationTokenSource();
        var attempts = 0;
        var lanes = new Lanes<Item>(
            1,
            new BatchSize(1),
            items =>
            {
                attempts++;
                items[0].Again = TimeSpan.FromHours(1);
                return Task.CompletedTask;
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
    public async Task What_comes_while_a_batch_of_quick_items_runs_is_handled_together()
    {
        var batches = new ConcurrentQueue<string>();
        using var gate = new SemaphoreSlim(0);
        var lanes = new Lanes<Item>(
            2,
            new BatchSize(100),
            async items =>
            {
                await gate.WaitAsync(TestContext.Current.CancellationToken);
                batches.Enqueue(string.Join(' ', items.Select(i => $"{i.Lane}{i.Number}")));
            },
            TimeProvider.System);

        foreach (var item in new[] { new Item("a", 1), new Item("b", 1), new Item("c", 1), new Item("d", 1), new Item("c", 2) })
        {
            lanes.Post(item);
        }

        gate.Release(1);
        await Eventually.TrueAsync(() => batches.Count == 1);
        gate.Release(10);
        await lanes.WhenIdle.WaitAsync(Bound, TestContext.Current.CancellationToken);

        Assert.Equal(["a1", "b1 c1 c2 d1"], batches);
    }

    [Fact]
    public async Task A_defect_in_the_attempt_is_not_swallowed()
    {
        var lanes = new Lanes<Item>(1, new BatchSize(1), _ => throw new InvalidOperationException("defect"), TimeProvider.System);
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

        public bool Alone { get; set; }

        public TimeSpan? Again { get; set; }

        public int Attempts { get; set; }
    }
}
