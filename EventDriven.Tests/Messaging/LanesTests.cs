using System.Collections.Concurrent;
using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Consuming.Scheduling;
using FsCheck.Xunit;
using Microsoft.Extensions.Time.Testing;

namespace EventDriven.Tests.Messaging;

/// <summary>Law L5: a key is never handled twice at once nor out of order.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class LanesTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);
    private static readonly AttemptResult Done = AttemptResult.Finished(AttemptOutcome.Done);

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
            new BatchPacer(size),
            async items =>
            {
                var inBatch = items.Select(i => i.Lane).Distinct(StringComparer.Ordinal).ToList();
                var overlaps = inBatch.Exists(lane => running.AddOrUpdate(lane, 1, (_, n) => n + 1) > 1);
                var crowded = items.Count > size || (items.Count > 1 && items.Any(i => i.IsAlone));
                Interlocked.Add(ref wrong, overlaps || crowded ? 1 : 0);
                InterlockedMax(ref most, Interlocked.Increment(ref atOnce));
                await Task.Yield();
                Interlocked.Decrement(ref atOnce);
                inBatch.ForEach(lane => running.AddOrUpdate(lane, 0, (_, n) => n - 1));

                // Some items fail once or twice: their lane waits, and keeps its order; from then on they are alone.
                var stopped = new HashSet<string>(StringComparer.Ordinal);
                return [.. items.Select(item =>
                {
                    if (stopped.Contains(item.Lane))
                    {
                        return default;
                    }

                    if (++item.Attempts <= (item.Number + seed) % 3)
                    {
                        stopped.Add(item.Lane);
                        return AttemptResult.Retry(TimeSpan.FromTicks(item.Number % 2), alone: true);
                    }

                    handled.Enqueue(item);
                    return Done;
                })];
            },
            TimeProvider.System);

        var items = keys.Select((key, number) => new Item($"key-{key % 7}", number)).ToList();
        items.ForEach(lanes.Post);
        await lanes.WhenIdle.WaitAsync(Bound, TestContext.Current.CancellationToken);

        return wrong == 0
            && most <= limit
            && handled.Count == items.Count
            && items.GroupBy(i => i.Lane)
                .All(lane => lane.Select(i => i.Number).SequenceEqual(handled.Where(h => h.Lane == lane.Key).Select(h => h.Number)));
    }

    [Fact]
    public async Task A_lane_that_waits_for_its_next_attempt_holds_up_no_other()
    {
        var time = new FakeTimeProvider();
        var done = new ConcurrentQueue<string>();
        var lanes = new Lanes<Item>(
            1,
            new BatchPacer(1),
            items =>
            {
                var item = items[0];
                if (item.Lane == "failing" && ++item.Attempts == 1 && item.Number == 1)
                {
                    return Results(AttemptResult.Retry(TimeSpan.FromMinutes(5), alone: true));
                }

                done.Enqueue($"{item.Lane}-{item.Number}");
                return Results(Done);
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
    public async Task An_item_that_may_become_a_dead_letter_now_waits_no_longer()
    {
        var done = new ConcurrentQueue<string>();
        var lanes = Waiting(done, forPlace: true);
        lanes.Post(new Item("a", 1));
        await Eventually.TrueAsync(() => done.Count == 1);

        lanes.WakeForPlace();
        await lanes.WhenIdle.WaitAsync(Bound, TestContext.Current.CancellationToken);
        Assert.Equal(["a1 waits", "a1"], done);
    }

    [Fact]
    public async Task An_item_that_may_become_a_dead_letter_while_it_is_attempted_is_attempted_again()
    {
        var attempts = 0;
        Lanes<Item>? lanes = null;
        lanes = new Lanes<Item>(
            1,
            new BatchPacer(1),
            _ =>
            {
                if (++attempts > 1)
                {
                    return Results(Done);
                }

                lanes!.WakeForPlace();
                return Results(AttemptResult.RetryForPlace(TimeSpan.FromHours(1)));
            },
            TimeProvider.System);

        lanes.Post(new Item("a", 1));

        await lanes.WhenIdle.WaitAsync(Bound, TestContext.Current.CancellationToken);
        Assert.Equal(2, attempts);
    }

    [Fact]
    public async Task An_item_that_waits_for_its_next_attempt_is_not_woken_for_a_place()
    {
        var done = new ConcurrentQueue<string>();
        var lanes = Waiting(done);
        lanes.Post(new Item("a", 1));
        await Eventually.TrueAsync(() => done.Count == 1);

        lanes.WakeForPlace();
        lanes.Post(new Item("b", 2));
        await Eventually.TrueAsync(() => done.Contains("b2"));
        Assert.DoesNotContain("a1", done);
    }

    /// <summary>The first item of each lane waits for longer than any test, once.</summary>
    private static Lanes<Item> Waiting(ConcurrentQueue<string> done, bool forPlace = false) => new(
        1,
        new BatchPacer(1),
        items =>
        {
            var item = items[0];
            var waits = item.Number == 1 && ++item.Attempts == 1;
            done.Enqueue($"{item.Lane}{item.Number}{(waits ? " waits" : "")}");
            return Results(!waits ? Done
                : forPlace ? AttemptResult.RetryForPlace(TimeSpan.FromHours(1)) : AttemptResult.Retry(TimeSpan.FromHours(1), alone: true));
        },
        TimeProvider.System);

    [Fact]
    public async Task Dropped_items_are_neither_started_nor_tried_again()
    {
        using var dropped = new CancellationTokenSource();
        var attempts = 0;
        var lanes = new Lanes<Item>(
            1,
            new BatchPacer(1),
            items =>
            {
                attempts++;
                return Results(AttemptResult.Retry(TimeSpan.FromHours(1), alone: true));
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
            new BatchPacer(100),
            async items =>
            {
                await gate.WaitAsync(TestContext.Current.CancellationToken);
                batches.Enqueue(string.Join(' ', items.Select(i => $"{i.Lane}{i.Number}")));
                return [.. items.Select(_ => Done)];
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
        var lanes = new Lanes<Item>(1, new BatchPacer(1), _ => throw new InvalidOperationException("defect"), TimeProvider.System);
        lanes.Post(new Item("a", 1));

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => lanes.WhenIdle.WaitAsync(Bound, TestContext.Current.CancellationToken));
    }

    private static Task<IReadOnlyList<AttemptResult>> Results(AttemptResult result) =>
        Task.FromResult<IReadOnlyList<AttemptResult>>([result]);

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

        public bool IsAlone { get; set; }

        public int Attempts { get; set; }
    }
}
