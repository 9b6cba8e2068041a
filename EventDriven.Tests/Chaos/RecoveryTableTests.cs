using EventDriven.Chaos.Evidence;
using EventDriven.Chaos.Evidence.Groups;
using EventDriven.Chaos.Histories;
using EventDriven.Chaos.Recoveries;
using EventDriven.Chaos.Schedules;
using EventDriven.Messaging.Operations.Status;
using EventDriven.Tests.Chaos.Simulation;

namespace EventDriven.Tests.Chaos;

/// <summary>What <c>./chaos.sh --recovery</c> takes for recovered, and what it prints.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class RecoveryTableTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Recoveries_stand_by_kind_with_median_and_worst() => Assert.Equal(
        """
        | kind | first event: median | worst | backlog: median | worst | p99: median | worst | n |
        | --- | --- | --- | --- | --- | --- | --- | --- |
        | `clock-skew` | – | – | – | – | 0.5 s | 0.5 s | 1 |
        | `kill-broker` | 3.0 s | 4.0 s | 5.1 s | 95.0 s | 0.4 s | 2.0 s | 3 |
        | `redis-flush` | 0.1 s | 0.1 s | 0.2 s | 0.2 s | > 90 s | > 90 s | 1 |

        """,
        RecoveryTable.Of(
            [
                new FaultRecovery("clock-skew", First: null, Lag: null, TimeSpan.FromSeconds(0.5)),
                Recovery("redis-flush", 0.1, 0.2, null), Recovery("kill-broker", 4, 95, 0.4), Recovery("kill-broker", 3, 5.1, 2),
                Recovery("kill-broker", 2, 3, 0),
            ],
            TimeSpan.FromSeconds(90)));

    [Fact]
    public void The_percentile_is_that_of_orders()
    {
        var orders = Enumerable.Range(1, 100).Select(ms => Order(ms, 201)).ToList();

        Assert.Equal(TimeSpan.FromMilliseconds(99), OrderLatency.P99([.. orders, Order(9_000, 200) with { Kind = OperationKind.Cancel }]));
        Assert.Null(OrderLatency.P99([]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(503)]
    public void An_order_without_an_answer_is_never_as_fast_as_usual(int? status) =>
        Assert.Equal(TimeSpan.MaxValue, OrderLatency.P99([Order(1, 201), Order(1, status)]));

    /// <summary>Two groups with three events each: one from before the fault's end that one of them handled late.</summary>
    [Fact]
    public void Recovery_is_that_of_the_slowest_group()
    {
        var evidence = SimulatedSystem.Run(1, Defect.None).Evidence;
        var log = evidence.Log.Where(record => record.Event is not null).DistinctBy(record => record.Event!.Identity).Take(3)
            .Select((record, n) => record with { Event = record.Event! with { Time = Now.AddSeconds(n - 1) } }).ToList();
        var measured = new MeasuredFault("kill-broker", Now.AddSeconds(-1), Now, TimeSpan.FromSeconds(1));

        var recovery = Of(measured, evidence with { Log = log, Groups = [Group(-0.5, 0.2, 1.2), Group(2, 4, 9)] });

        Assert.Equal(new FaultRecovery("kill-broker", TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(1)), recovery);
        var hearsay = Group(2, 4, 9) with { Hearsay = [.. log.Select(record => record.Topic)] };
        Assert.Equal(
            new FaultRecovery("kill-broker", First: null, TimeSpan.Zero, TimeSpan.FromSeconds(1)),
            Of(measured, evidence with { Log = log, Groups = [hearsay] }));

        // Two events are from before the fault, and were handled by a clock that was wrong then. While it is wrong it tells nothing.
        var later = measured with { Began = Now.AddSeconds(0.5), Ended = Now.AddSeconds(1) };
        Assert.Equal(
            TimeSpan.FromSeconds(0.25), Of(later, evidence with { Log = log, Groups = [Group(600, 600, 1.25)] }).Lag);
        var skewed = Of(measured with { Kind = "clock-skew" }, evidence with { Log = log, Groups = [Group(600, 600, 600)] });
        Assert.Equal(new FaultRecovery("clock-skew", First: null, Lag: null, TimeSpan.FromSeconds(1)), skewed);

        GroupEvidence Group(params double[] seconds) => evidence.Groups[0] with
        {
            Hearsay = [],
            Inbox = log.Zip(seconds, (record, after) => new InboxRow(record.Event!.Identity, Now.AddSeconds(after), Transaction: 1))
                .ToDictionary(row => row.Identity),
        };
    }

    [Fact]
    public void Each_group_and_outbox_has_to_be_past_what_happened_before_the_fault_was_over()
    {
        var since = TimeSpan.FromSeconds(1);
        var fresh = Topology.Services.Select(name => Group(name) with { Events = 3, Seconds = 0.9 })
            .Append(new StatusPart(StatusLevel.Green, StatusPartKind.Outbox, "checkoutdb", []) { Events = 0 }).ToList();

        Assert.Null(RecoveryMeter.Behind(fresh, since));
        Assert.Equal("only 4 groups are known", RecoveryMeter.Behind([.. fresh.Skip(1)], since));
        Assert.Equal(
            $"Group {fresh[0].Name}: 3 events, 1.1 s, rebalancing",
            RecoveryMeter.Behind([fresh[0] with { Seconds = 1.1, Says = ["rebalancing"] }, .. fresh.Skip(1)], since));
        Assert.NotNull(RecoveryMeter.Behind([fresh[0] with { Events = null, Seconds = null }, .. fresh.Skip(1)], since));
        Assert.NotNull(RecoveryMeter.Behind([.. fresh.SkipLast(1), fresh[^1] with { Events = 2, Seconds = 3 }], since));
        Assert.NotNull(RecoveryMeter.Behind([.. fresh, new StatusPart(StatusLevel.Red, StatusPartKind.Kafka, "kafka", [])], since));
    }

    private static FaultRecovery Of(MeasuredFault fault, SystemEvidence evidence) => FaultRecovery.Of([fault], evidence).Single();

    private static StatusPart Group(string name) => new(StatusLevel.Green, StatusPartKind.Group, name, []);

    private static FaultRecovery Recovery(string kind, double first, double lag, double? latency) => new(
        kind, TimeSpan.FromSeconds(first), TimeSpan.FromSeconds(lag), latency is { } known ? TimeSpan.FromSeconds(known) : null);

    private static Operation Order(int ms, int? status) => new(
        1, OperationKind.Place, "checkout", "", Guid.Empty, null, null, [], Now, Now.AddMilliseconds(ms), Outcome.Ok, status, null);
}
