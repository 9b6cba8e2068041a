using EventDriven.Chaos;
using EventDriven.Chaos.Faults;
using EventDriven.Chaos.Schedules;

namespace EventDriven.Tests.Chaos;

/// <summary>What <c>./chaos.sh</c> prints to have a schedule again.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class FaultCommandTests
{
    [Fact]
    public void The_command_that_replays_a_run_has_what_its_schedule_is_made_from()
    {
        var all = new ChaosOptions(7, TimeSpan.FromSeconds(90), FaultCatalogue.Kinds, PerSecond: 30, KeepsData: false);
        var some = all with { Kinds = [FaultCatalogue.Kind("kill-broker"), FaultCatalogue.Kind("redis-flush")] };

        Assert.Equal("./chaos.sh --seed 7 --seconds 90", all.Replay(FaultCatalogue.Kinds));
        Assert.Equal("./chaos.sh --seed 7 --seconds 90 --faults kill-broker,redis-flush", some.Replay(FaultCatalogue.Kinds));
    }

    [Fact]
    public void Each_kind_says_what_it_does_and_has_targets() => Assert.All(FaultCatalogue.Kinds, kind =>
    {
        Assert.NotEmpty(kind.What);
        Assert.NotEmpty(kind.Targets);
        Assert.Contains(kind.Name, ScheduleTable.Of(FaultCatalogue.Kinds), StringComparison.Ordinal);
    });

    [Theory]
    [InlineData("--faults", "kill-servce")]
    [InlineData("--seconds", "0")]
    [InlineData("--minutes", "1441")]
    [InlineData("--rate", "0")]
    public async Task A_wrong_option_is_a_usage_error(string option, string value) =>
        Assert.Equal(2, await ChaosCommand.RunAsync([option, value, "--schedule-only"]));
}
