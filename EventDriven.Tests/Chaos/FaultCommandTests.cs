using EventDriven.Chaos;
using EventDriven.Chaos.Faults.Catalogue;
using EventDriven.Chaos.Schedules;

namespace EventDriven.Tests.Chaos;

/// <summary>What <c>./chaos.sh</c> prints to have a schedule again.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class FaultCommandTests
{
    [Fact]
    public void The_command_that_replays_a_run_has_what_its_schedule_is_made_from()
    {
        var all = new ChaosOptions(7, TimeSpan.FromSeconds(90), FaultCatalogue.Kinds, PerSecond: 20, KeepsData: false);
        var some = all with { Kinds = [FaultCatalogue.Kind("kill-broker"), FaultCatalogue.Kind("redis-flush")], AreNamed = true };

        Assert.Equal("./chaos.sh --seed 7 --seconds 90 --rate 20", all.Replay());
        Assert.Equal("./chaos.sh --seed 7 --seconds 90 --rate 20 --faults kill-broker,redis-flush", some.Replay());
        Assert.Equal("./chaos.sh --seed 7 --seconds 90 --rate 20 --only 2,5", (all with { Only = [2, 5] }).Replay());
        Assert.Equal("./chaos.sh --seed 7 --seconds 90 --rate 20 --every 30", (all with { Every = TimeSpan.FromSeconds(30) }).Replay());
        Assert.Equal("./chaos.sh --seed 7 --seconds 90 --rate 20 --brokers 3", (all with { Brokers = 3 }).Replay());
        Assert.Equal("./chaos.sh --seed 7 --recovery --repeat 2 --rate 20", (all with { Repeats = 2 }).Replay());
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
    [InlineData("--brokers", "2")]
    [InlineData("--campaign", "0")]
    [InlineData("--tries", "0")]
    [InlineData("--every", "0")]
    [InlineData("--repeat", "0")]
    [InlineData("--only", "0")]
    [InlineData("--only", "one")]
    [InlineData("--only", "99")]
    [InlineData("--results", "/no/such/folder/runs.tsv")]
    [InlineData("--coverage", "/no/such/file")]
    public async Task A_wrong_option_is_a_usage_error(string option, string value) =>
        Assert.Equal(2, await ChaosCommand.RunAsync([option, value, "--schedule-only"]));

    [Theory]
    [InlineData("--seconds", "60", "--minutes", "1")]
    [InlineData("--campaign", "2", "--only", "1")]
    [InlineData("--campaign", "2", "--shrink")]
    [InlineData("--shrink", "--only", "1")]
    [InlineData("--only", "1", "--results", "runs.tsv")]
    [InlineData("--recovery", "--minutes", "1")]
    [InlineData("--recovery", "--campaign", "2")]
    public async Task Options_that_contradict_each_other_are_a_usage_error(params string[] options) =>
        Assert.Equal(2, await ChaosCommand.RunAsync([.. options, "--schedule-only"]));

    [Fact]
    public void Some_faults_of_a_schedule_keep_their_numbers_and_times()
    {
        var all = new ChaosOptions(7, TimeSpan.FromSeconds(90), FaultCatalogue.Kinds, PerSecond: 20, KeepsData: false);
        var some = (all with { Only = [2, 5] }).Schedule();

        Assert.Equal(
            ScheduleTable.Of(all.Schedule().Where(fault => fault.Number is 2 or 5)), ScheduleTable.Of(some));
        Assert.Equal(2, some.Count);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("3")]
    public async Task A_run_in_which_no_fault_fits_is_a_usage_error(string seconds) =>
        Assert.Equal(2, await ChaosCommand.RunAsync(["--seed", "7", "--seconds", seconds, "--faults", "link-latency", "--schedule-only"]));
}
