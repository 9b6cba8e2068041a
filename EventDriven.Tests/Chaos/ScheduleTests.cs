using EventDriven.Chaos.Faults.Catalogue;
using EventDriven.Chaos.Histories;
using EventDriven.Chaos.Schedules;

namespace EventDriven.Tests.Chaos;

/// <summary>What <c>./chaos.sh</c> plans for a seed.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class ScheduleTests
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(3);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 50)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_seed_gives_one_schedule(int seed) => Assert.Equal(
        ScheduleTable.Of(Schedule.Of(seed, Length, FaultCatalogue.Kinds)),
        ScheduleTable.Of(Schedule.Of(seed, Length, FaultCatalogue.Kinds.Reverse())));

    [Fact]
    public void Another_seed_gives_another_schedule() => Assert.Equal(
        50,
        Enumerable.Range(1, 50).Select(seed => ScheduleTable.Of(Schedule.Of(seed, Length, FaultCatalogue.Kinds)))
            .Distinct(StringComparer.Ordinal).Count());

    [Fact]
    public void The_schedule_of_a_seed_stays_the_same_from_release_to_release()
    {
        var first = Schedule.Of(7, TimeSpan.FromMinutes(1), [FaultCatalogue.Kind("kill-service"), FaultCatalogue.Kind("pause-broker")])[0];

        Assert.Equal(("pause-broker", "kafka", TimeSpan.FromSeconds(3.7)), (first.Kind, first.Target, first.At));
    }

    [Fact]
    public void What_happens_to_the_broker_happens_to_each_of_three_and_to_the_links_to_each()
    {
        var kinds = FaultCatalogue.Kinds.Select(kind => kind.With(brokers: 3)).ToList();

        Assert.Equal(["kafka", "kafka-2", "kafka-3"], kinds.Single(kind => kind.Name == "kill-broker").Targets);
        Assert.Equal(["postgres"], kinds.Single(kind => kind.Name == "postgres-immediate").Targets);
        Assert.All(
            ["checkout/kafka", "checkout/kafka-2", "checkout-2/kafka-3", "checkout/postgres"],
            link => Assert.Contains(link, kinds.Single(kind => kind.Name == "link-reset").Targets));
        Assert.Equal(
            ScheduleTable.Of(Schedule.Of(7, Length, FaultCatalogue.Kinds)),
            ScheduleTable.Of(Schedule.Of(7, Length, FaultCatalogue.Kinds.Select(kind => kind.With(brokers: 1)))));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_fault_is_over_when_the_run_is(int seed)
    {
        var faults = Schedule.Of(seed, Length, FaultCatalogue.Kinds);

        Assert.All(faults, fault => Assert.InRange(fault.At + fault.Duration, TimeSpan.Zero, Length));
        Assert.Equal(Enumerable.Range(1, faults.Count), faults.Select(fault => fault.Number));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_two_faults_hold_the_same_of_a_target_at_once(int seed)
    {
        var faults = Schedule.Of(seed, Length, FaultCatalogue.Kinds);

        Assert.DoesNotContain(faults, one => faults.Any(
            other => other.Number > one.Number && Held(other).Intersect(Held(one)).Any()
                && other.At <= one.At + one.Duration));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Faults_come_every_few_seconds_and_overlap(int seed)
    {
        var faults = Schedule.Of(seed, Length, FaultCatalogue.Kinds);

        Assert.InRange(faults.Count, 22, 60);
        Assert.Contains(faults, one => faults.Any(other => Overlap(one, other)));
        Assert.All(faults, one => Assert.InRange(faults.Count(other => other.At <= one.At && one.At < other.At + other.Duration), 0, 4));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Six_minutes_have_every_kind(int seed) => Assert.Equal(
        FaultCatalogue.Kinds.Select(kind => kind.Name).Order(StringComparer.Ordinal),
        Schedule.Of(seed, 2 * Length, FaultCatalogue.Kinds).Select(fault => fault.Kind).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Every_pair_of_kinds_overlaps_over_a_campaign()
    {
        var pairs = new HashSet<(string, string)>();
        foreach (var seed in Enumerable.Range(1, 200))
        {
            var faults = Schedule.Of(seed, Length, FaultCatalogue.Kinds);
            pairs.UnionWith(
                from one in faults
                from other in faults
                where one.Number < other.Number && other.At <= one.At + one.Duration + TimeSpan.FromSeconds(5)
                select string.CompareOrdinal(one.Kind, other.Kind) < 0 ? (one.Kind, other.Kind) : (other.Kind, one.Kind));
        }

        var kinds = FaultCatalogue.Kinds.OrderBy(kind => kind.Name, StringComparer.Ordinal).ToList();
        Assert.Empty(
            from one in kinds
            from other in kinds
            where string.CompareOrdinal(one.Name, other.Name) < 0 && one.CanOverlap(other) && !pairs.Contains((one.Name, other.Name))
            select $"{one.Name} and {other.Name}");
    }

    [Fact]
    public void A_chosen_kind_alone_happens()
    {
        var faults = Schedule.Of(3, Length, [FaultCatalogue.Kind("link-reset")]);

        Assert.NotEmpty(faults);
        Assert.All(faults, fault => Assert.Equal("link-reset", fault.Kind));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Spaced_faults_come_one_at_a_time_once_a_while(int seed)
    {
        var faults = Schedule.Spaced(seed, TimeSpan.FromHours(1), FaultCatalogue.Kinds, TimeSpan.FromMinutes(1));

        Assert.InRange(faults.Count, 45, 75);
        Assert.All(faults.Zip(faults.Skip(1)), pair => Assert.True(pair.First.At + pair.First.Duration < pair.Second.At));
        Assert.All(faults, fault => Assert.InRange(fault.At + fault.Duration, TimeSpan.Zero, TimeSpan.FromHours(1)));
        Assert.Equal(Enumerable.Range(1, faults.Count), faults.Select(fault => fault.Number));
        Assert.Equal(
            ScheduleTable.Of(faults),
            ScheduleTable.Of(Schedule.Spaced(seed, TimeSpan.FromHours(1), FaultCatalogue.Kinds.Reverse(), TimeSpan.FromMinutes(1))));
    }

    [Fact]
    public void Faults_whose_recovery_is_measured_are_each_kind_several_times()
    {
        var faults = Schedule.OneByOne(7, FaultCatalogue.Kinds, 3);

        Assert.Equal(
            FaultCatalogue.Kinds.SelectMany(kind => Enumerable.Repeat(kind.Name, 3)).Order(StringComparer.Ordinal),
            faults.Select(fault => fault.Kind));
        Assert.All(faults, fault => Assert.InRange(fault.Duration, TimeSpan.Zero, TimeSpan.FromSeconds(15)));
        Assert.Equal(ScheduleTable.Of(faults), ScheduleTable.Of(Schedule.OneByOne(7, FaultCatalogue.Kinds.Reverse(), 3)));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_shortest_length_has_a_fault_and_a_second_less_has_none(int seed)
    {
        IReadOnlyList<FaultKind> kinds = [FaultCatalogue.Kind("link-latency")];
        var shortest = Schedule.ShortestLength(seed, kinds);

        Assert.NotEmpty(Schedule.Of(seed, shortest, kinds));
        Assert.Empty(Schedule.Of(seed, shortest - TimeSpan.FromSeconds(1), kinds));
    }

    private static bool Overlap(PlannedFault one, PlannedFault other) =>
        one.Number < other.Number && other.At < one.At + one.Duration;

    private static IReadOnlyList<string> Held(PlannedFault fault) => FaultCatalogue.Kind(fault.Kind).Held(fault.Target);
}
