using EventDriven.Chaos;
using EventDriven.Chaos.Campaigns;
using EventDriven.Chaos.Faults.Catalogue;
using EventDriven.Chaos.Histories;
using EventDriven.Chaos.Schedules;

namespace EventDriven.Tests.Chaos;

/// <summary>What <c>./chaos.sh</c> says at its end.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class FaultVerdictTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void A_run_in_which_nothing_was_found_is_sound() =>
        Assert.Equal(new Verdict(0, "SOUND: recovered in 3.2 s, 600 orders, no anomaly"), Verdict.Of(3.21, [], 600, 0));

    [Fact]
    public void Everything_that_was_found_stands_in_one_line() => Assert.Equal(
        new Verdict(1, "FAILED: not recovered; nobody noticed kill-broker, redis-flush; no order was acknowledged; 3 anomalies"),
        Verdict.Of(null, ["kill-broker", "redis-flush"], 0, 3));

    [Theory]
    [InlineData(false, 0, 600, 0)]
    [InlineData(true, 1, 600, 0)]
    [InlineData(true, 0, 0, 0)]
    [InlineData(true, 0, 600, 1)]
    public void Each_finding_fails_a_run(bool isRecovered, int idle, int orders, int anomalies) => Assert.Equal(
        1, Verdict.Of(isRecovered ? 1 : null, [.. Enumerable.Repeat("kill-broker", idle)], orders, anomalies).ExitCode);

    [Fact]
    public void A_run_of_which_nothing_could_be_read_was_not_checked() =>
        Assert.Equal(new Verdict(3, "FAILED: nothing could be checked"), Verdict.Of(1, [], 600, anomalies: null));

    [Fact]
    public void What_was_found_counts_also_when_nothing_could_be_read() => Assert.Equal(
        new Verdict(1, "FAILED: not recovered; nothing could be checked"), Verdict.Of(null, [], 600, anomalies: null));

    [Fact]
    public void Kinds_that_were_named_or_planned_and_never_took_effect_are_idle()
    {
        var (noticed, unnoticed, missing) = (Planned(1, "kill-broker"), Planned(2, "redis-flush"), Planned(3, "redis-pause"));
        FaultReport[] reports =
        [
            new(noticed, Now, Now, TookEffect: false, ""), new(noticed, Now, Now, TookEffect: true, ""),
            new(unnoticed, Now, Now, TookEffect: false, ""),
        ];

        Assert.Equal(
            ["link-reset", "redis-flush", "redis-pause"],
            Verdict.Idle(["kill-broker", "link-reset"], [noticed, unnoticed, missing], reports));
    }

    [Fact]
    public void A_kind_that_this_machine_cannot_have_is_said_to_be_skipped_and_fails_nothing()
    {
        var planned = Planned(1, "disk-full-kafka");
        var skipped = new FaultReport(planned, Now, Now, TookEffect: false, "skipped: only root") { IsSkipped = true };

        Assert.Empty(Verdict.Idle(["disk-full-kafka"], [planned], [skipped]));
        Assert.Contains("skipped", ScheduleTable.Of([skipped]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_broke_off_says_why_in_one_line() => Assert.Equal(
        new Verdict(3, "FAILED: starting the application: no port is free"),
        Verdict.BrokenOff("starting the application", new IOException("no port\nis free")));

    [Fact]
    public void A_run_that_broke_off_has_a_line_among_the_runs_too()
    {
        var options = new ChaosOptions(7, TimeSpan.FromSeconds(90), FaultCatalogue.Kinds, PerSecond: 30, KeepsData: false);

        Assert.Equal(
            "2026-01-02T03:04:05Z\tabc-dirty\t7\t90\t1\t0\t0\t0\t-\t-\t-\t3\t-\t-",
            RunsFile.Line(new RunOutcome(Verdict.BrokenOff("starting", new IOException("no"))).ToRecord(Now, "abc-dirty", options)));
        Assert.Equal(
            "2026-01-02T03:04:05Z\tabc\t7\t90\t1\t0\t0\t0\tnever\t2\tredis-flush\t1\t-\t-",
            RunsFile.Line(new RunOutcome(Verdict.Of(null, ["redis-flush"], 0, 2))
            {
                History = new History(7, Now, Now, [], []),
                Anomalies = 2,
                Idle = ["redis-flush"],
            }.ToRecord(Now, "abc", options)));
    }

    [Fact]
    public void A_run_fails_alike_by_its_rules_and_not_by_faults_that_nobody_noticed()
    {
        var order = new Operation(
            1, OperationKind.Place, "checkout", "", Guid.Empty, null, null, [], Now, Now, Outcome.Ok, 201, null);
        var sound = new RunOutcome(Verdict.Of(1, [], 1, 0))
        {
            History = new History(7, Now, Now, [order], []),
            Recovery = 1,
            Anomalies = 0,
        };

        Assert.Empty((sound with { Verdict = Verdict.Of(1, ["redis-flush"], 1, 0), Idle = ["redis-flush"] }).Signs);
        Assert.Equal(["ReadModel"], (sound with { Anomalies = 2, Rules = ["ReadModel"] }).Signs);
        Assert.Equal(["not recovered"], (sound with { Recovery = null }).Signs);
        Assert.Equal(["no order"], (sound with { History = new History(7, Now, Now, [], []) }).Signs);
        Assert.Empty(new RunOutcome(Verdict.Stopped).Signs);
    }

    [Fact]
    public void A_run_of_some_faults_leaves_what_a_run_of_all_has_found()
    {
        var parent = Directory.CreateTempSubdirectory("chaos-").FullName;
        try
        {
            using var all = SeedFolder.TryTake(parent, 7)!;
            using var some = SeedFolder.TryTake(parent, 7, [1, 2])!;
            using var others = SeedFolder.TryTake(parent, 7, [.. Enumerable.Range(1, 999)])!;
            using var otherOthers = SeedFolder.TryTake(parent, 7, [.. Enumerable.Range(1, 998)])!;

            Assert.Equal(
                ["7", "7-only-1-2"], new[] { all.Path, some.Path }.Select(path => Path.GetRelativePath(parent, path)));
            Assert.NotEqual(others.Path, otherOthers.Path);
        }
        finally
        {
            Directory.Delete(parent, recursive: true);
        }
    }

    [Fact]
    public void A_seed_is_run_once_at_a_time_and_starts_from_scratch()
    {
        var parent = Directory.CreateTempSubdirectory("chaos-").FullName;
        try
        {
            var elsewhere = Directory.CreateDirectory(Path.Combine(parent, "elsewhere")).FullName;
            using (var folder = SeedFolder.TryTake(parent, 7)!)
            {
                Assert.Null(SeedFolder.TryTake(parent, 7));
                Directory.CreateDirectory(Path.Combine(folder.Data, "logs"));
                File.WriteAllText(Path.Combine(folder.Data, "postgres.location"), $"{elsewhere}\n");
                File.WriteAllText(folder.File("history.jsonl"), "of another run");
                File.WriteAllText(folder.File("anomalies.txt"), "of another run");

                folder.KeepLogs();
                Assert.True(Directory.Exists(folder.File("logs")));
                Assert.False(Directory.Exists(folder.Data));
                Assert.False(Directory.Exists(elsewhere));
            }

            using var again = SeedFolder.TryTake(parent, 7)!;
            again.Clear();
            Assert.False(File.Exists(again.File("history.jsonl")));
            Assert.False(File.Exists(again.File("anomalies.txt")));
            Assert.False(Directory.Exists(again.File("logs")));
        }
        finally
        {
            Directory.Delete(parent, recursive: true);
        }
    }

    [Fact]
    public void A_history_begins_before_its_first_request()
    {
        var request = new Operation(
            1, OperationKind.SetStock, "inventory", "", Guid.Empty, null, null, [], Now, Now.AddSeconds(1), Outcome.Ok, 200, null);

        Assert.Single(new History(7, Now, Now, [request], []).Operations);
        Assert.Throws<ArgumentException>(() => new History(7, Now.AddTicks(1), Now, [request], []));
    }

    private static PlannedFault Planned(int number, string kind) =>
        new(number, kind, "target", TimeSpan.Zero, TimeSpan.Zero, new Dictionary<string, string>(StringComparer.Ordinal));
}
