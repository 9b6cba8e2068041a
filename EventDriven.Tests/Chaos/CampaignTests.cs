using EventDriven.Chaos;
using EventDriven.Chaos.Campaigns;
using EventDriven.Chaos.Faults.Catalogue;
using EventDriven.Chaos.Histories;
using EventDriven.Chaos.Schedules;

namespace EventDriven.Tests.Chaos;

/// <summary>What several runs of <c>./chaos.sh</c> show together.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class CampaignTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static readonly FaultKind[] Kinds =
    [
        FaultCatalogue.Kind("kill-broker"), FaultCatalogue.Kind("link-reset"), FaultCatalogue.Kind("pause-broker"),
        FaultCatalogue.Kind("redis-flush"),
    ];

    [Fact]
    public void Kinds_overlap_where_both_took_effect_and_lasted_at_the_same_time()
    {
        FaultReport[] reports =
        [
            Report("kill-broker", 0, 10), Report("link-reset", 9, 20), Report("redis-flush", 10, 10, tookEffect: false),
            Report("redis-flush", 20, 21), Report("link-reset", 20.5, 20.6), Report("link-reset", 20.5, 20.6),
        ];

        Assert.Equal(
            [new KindPair("kill-broker", "link-reset"), new KindPair("link-reset", "redis-flush")],
            KindPair.Overlapped(reports).OrderBy(pair => pair.First, StringComparer.Ordinal));
    }

    [Fact]
    public void Kinds_that_need_the_same_one_thing_or_both_happen_in_a_moment_cannot_overlap()
    {
        Assert.Equal(
            [
                "kill-broker+link-reset", "kill-broker+redis-flush", "link-reset+pause-broker", "link-reset+redis-flush",
                "pause-broker+redis-flush",
            ],
            KindPair.That(Kinds).Select(pair => $"{pair.First}+{pair.Second}"));
        Assert.Empty(KindPair.That([FaultCatalogue.Kind("poison-record"), FaultCatalogue.Kind("redis-flush")]));
    }

    [Fact]
    public void The_line_of_a_run_can_be_read_again()
    {
        var run = Run(7) with
        {
            Faults = 9,
            Operations = 800,
            Orders = 600,
            Recovery = 3.2,
            Anomalies = 0,
            Idle = ["redis-flush"],
            Effects = new Dictionary<string, int>(StringComparer.Ordinal) { ["link-reset"] = 2, ["kill-broker"] = 1, ["pause-broker"] = 1 },
            Pairs = new HashSet<KindPair> { new("pause-broker", "link-reset"), new("kill-broker", "link-reset") },
        };
        const string Line =
            "2026-01-02T03:04:05Z\tabc\t7\t60\t1\t9\t800\t600\t3.2\t0\tredis-flush\t0\tkill-broker=1,link-reset=2,pause-broker=1\t1+2,2+3";

        Assert.Equal(Line, RunsFile.Line(run));
        Assert.Equal(Line, RunsFile.Line(RunsFile.TryParse(Line)!));
        Assert.Equal(run.Began, RunsFile.TryParse(Line)!.Began);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(double.PositiveInfinity, 3)]
    public void What_a_run_did_not_come_to_can_be_read_again(double? recovery, int? anomalies)
    {
        var read = RunsFile.TryParse(RunsFile.Line(Run(7) with { Recovery = recovery, Anomalies = anomalies }))!;

        Assert.Equal((recovery, anomalies), (read.Recovery, read.Anomalies));
        Assert.Empty(read.Pairs);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-01-02T03:04:05Z\tabc\t7\t60\t1\t9\t800\t600\t3.2\t0\t-\t0")]
    [InlineData("yesterday\tabc\t7\t60\t1\t9\t800\t600\t3.2\t0\t-\t0\t-\t-")]
    [InlineData("2026-01-02T03:04:05Z\tabc\t7\t60\t1\t9\t800\t600\t3.2\t0\t-\t0\tkill-broker=1\t1+2")]
    public void What_is_no_run_is_not_read(string line) => Assert.Null(RunsFile.TryParse(line));

    [Fact]
    public async Task A_file_of_runs_gets_titles_and_a_line_for_each()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("chaos-").FullName, "runs.tsv");
        try
        {
            Assert.Null(RunsFile.Refusal(file));
            await RunsFile.AppendAsync(file, Run(7));
            await RunsFile.AppendAsync(file, Run(8));

            Assert.Null(RunsFile.Refusal(file));
            Assert.Equal([7, 8], RunsFile.Read(file).Select(run => run.Seed));
            await File.AppendAllTextAsync(file, "7\n", TestContext.Current.CancellationToken);
            Assert.Contains("line 4", Assert.Throws<InvalidDataException>(() => RunsFile.Read(file)).Message, StringComparison.Ordinal);
            await File.WriteAllTextAsync(file, "date\tseed\n", TestContext.Current.CancellationToken);
            Assert.NotNull(RunsFile.Refusal(file));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    [Fact]
    public void Coverage_sums_several_runs_and_leaves_out_those_that_were_stopped()
    {
        var coverage = new Coverage(
            [
                Run(1, "kill-broker", "link-reset") with { Recovery = 3, Anomalies = 0 },
                Run(2, "kill-broker") with { Recovery = 5, Anomalies = 2, ExitCode = 1 },
                Run(3, "redis-flush", "link-reset") with { ExitCode = 130 },
            ],
            Kinds);

        Assert.Equal(2, coverage.Runs.Count);
        Assert.Equal((2, 2), (coverage.Effects("kill-broker"), coverage.RunsWith("kill-broker")));
        Assert.Equal(["pause-broker", "redis-flush"], coverage.Idle);
        Assert.Equal(1, coverage.RunsWith(new KindPair("link-reset", "kill-broker")));
        Assert.Equal(
            ["kill-broker+redis-flush", "link-reset+pause-broker", "link-reset+redis-flush", "pause-broker+redis-flush"],
            coverage.Missing.Select(pair => $"{pair.First}+{pair.Second}"));
        Assert.Equal((2, 5.0), (coverage.Anomalies, coverage.WorstRecovery));
        Assert.Equal("FAILED: 1 of 2 runs; nobody noticed pause-broker, redis-flush", Verdict.Of(coverage).Line);
    }

    [Fact]
    public void A_campaign_in_which_every_kind_took_effect_and_nothing_was_found_is_sound()
    {
        var coverage = new Coverage([Run(1, "kill-broker", "link-reset"), Run(2, "pause-broker", "redis-flush")], Kinds);

        Assert.Equal(new Verdict(0, "SOUND: 2 runs, 4 kinds of faults"), Verdict.Of(coverage));
        Assert.Equal(1, Verdict.Of(new Coverage([], Kinds)).ExitCode);
    }

    [Fact]
    public void The_table_says_what_never_happened()
    {
        var run = Run(1, "kill-broker", "link-reset") with { Recovery = double.PositiveInfinity };
        var table = CoverageTable.Of(new Coverage([run], Kinds));

        Assert.Contains("worst recovery never", table, StringComparison.Ordinal);
        Assert.Matches("(?m)^kill-broker +1 +1 +1 of 2 +redis-flush$", table);
        Assert.Matches("(?m)^redis-flush +0 +0 +0 of 3 +any$", table);
        Assert.Contains("1 of 5 pairs", table, StringComparison.Ordinal);
    }

    private static RunRecord Run(int seed, params string[] kinds) => new(Now, "abc", seed, 60, 0)
    {
        Effects = kinds.ToDictionary(kind => kind, _ => 1, StringComparer.Ordinal),
        Pairs = kinds.Length == 2 ? new HashSet<KindPair> { new(kinds[0], kinds[1]) } : new HashSet<KindPair>(),
    };

    private static FaultReport Report(string kind, double from, double until, bool tookEffect = true) => new(
        new PlannedFault(1, kind, "target", TimeSpan.Zero, TimeSpan.Zero, new Dictionary<string, string>(StringComparer.Ordinal)),
        Now.AddSeconds(from), Now.AddSeconds(until), tookEffect, "");
}
