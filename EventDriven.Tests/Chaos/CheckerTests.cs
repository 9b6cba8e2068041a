using System.Globalization;
using EventDriven.Chaos.Checking;
using EventDriven.Chaos.Histories;
using EventDriven.Tests.Chaos.Simulation;

namespace EventDriven.Tests.Chaos;

/// <summary>
/// The checker is checked: it is silent about a simulated system that keeps its promises, and finds each defect that is planted in it, by
/// the rule, the law and the seed that docs/reliability.md states.
/// </summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class CheckerTests
{
    private const int SilentSeeds = 50;
    private const int MaxSeed = 20;
    private const int LeastDefects = 20;

    private static readonly string[] Document = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "reliability.md"));

    [Fact]
    public void A_system_without_a_defect_has_no_anomaly()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var seed = 1; seed <= SilentSeeds; seed++)
        {
            var (history, evidence) = SimulatedSystem.Run(seed, Defect.None);

            Assert.NotEmpty(evidence.Checkout.Orders);
            Assert.Empty(Checker.Check(history, evidence));
            seen.UnionWith(history.Operations.Select(request => $"{request.Kind} {request.Outcome}"));
            seen.UnionWith(evidence.Groups.SelectMany(group => group.DeadLetters, (_, letter) => $"{letter.Reason} {letter.State}"));
        }

        // It proves something only if the system came into what rules could take for an anomaly.
        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal)
            {
                "Place Unknown", "Cancel Unknown", "Pay Unknown", "SetStock Unknown", "SignUp Unknown", "Forget Unknown", "Repeat Ok",
                "unreadable parked", "unreadable discarded", "failed redriven", "behind redriven",
            },
            seen);
    }

    [Theory]
    [MemberData(nameof(PlantedDefects))]
    public void Each_planted_defect_is_found_by_its_rule_at_the_seed_that_the_document_states(
        string defect, string rule, string law, int firstSeed)
    {
        Assert.InRange(firstSeed, 1, MaxSeed);
        for (var seed = 1; seed < firstSeed; seed++)
        {
            Assert.DoesNotContain(Check(seed, defect), anomaly => anomaly.Rule == rule);
        }

        var found = Check(firstSeed, defect).FirstOrDefault(anomaly => anomaly.Rule == rule);
        Assert.NotNull(found);
        Assert.Equal(law, found.Law);
        Assert.NotEmpty(found.History);
    }

    [Fact]
    public void Every_defect_and_every_rule_is_in_the_document()
    {
        var planted = Rows(columns: 5).ToList();
        Assert.InRange(Enum.GetValues<Defect>().Length - 1, LeastDefects, int.MaxValue);
        Assert.Equal(
            Enum.GetNames<Defect>().Where(name => name != nameof(Defect.None)).Order(StringComparer.Ordinal),
            planted.Select(row => row[0]).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(
            Checker.Rules.Select(rule => rule.Name).Order(StringComparer.Ordinal),
            planted.Select(row => row[2]).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(
            Checker.Rules.Select(rule => (rule.Name, rule.Law)),
            Rows(columns: 3).Select(row => (row[0], row[1])));
    }

    [Fact]
    public void Times_are_not_compared_where_a_clock_was_set_wrong()
    {
        var (_, _, _, seed) = PlantedDefects.Select(row => row.Data).First(row => row.Item1 == nameof(Defect.RetryOvertaken));
        var (history, evidence) = SimulatedSystem.Run(seed, Defect.RetryOvertaken);
        var overtaken = Groups(history);
        var group = overtaken[0];

        Assert.DoesNotContain(group, Groups(With($"{group}-2", tookEffect: true)));
        Assert.Equal(overtaken, Groups(With($"{group}-2", tookEffect: false)));
        Assert.Equal(overtaken, Groups(With($"{group}s-2", tookEffect: true)));

        History With(string target, bool tookEffect)
        {
            var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
            var fault = new PlannedFault(1, FaultKinds.ClockSkew, target, TimeSpan.Zero, TimeSpan.Zero, parameters);
            var skew = new FaultReport(fault, history.Began, history.Began, tookEffect, "10 minutes");
            return history with { Faults = [.. history.Faults, skew] };
        }

        List<string> Groups(History of) =>
        [
            .. Checker.Check(of, evidence).Where(found => found.Rule == "EffectOrder")
                .Select(found => found.What.Split(' ')[0]).Distinct().Order(StringComparer.Ordinal),
        ];
    }

    [Fact]
    public void A_seed_is_one_run()
    {
        var (one, other) = (SimulatedSystem.Run(7, Defect.None), SimulatedSystem.Run(7, Defect.None));

        Assert.Equal(one.History.Operations.Select(o => o.ToString()), other.History.Operations.Select(o => o.ToString()));
        Assert.Equal(one.Evidence.Log.Select(r => r.ToString()), other.Evidence.Log.Select(r => r.ToString()));
    }

    public static TheoryData<string, string, string, int> PlantedDefects =>
    [
        .. Rows(columns: 5).Select(
            row => new TheoryDataRow<string, string, string, int>(row[0], row[2], row[3], int.Parse(row[4], CultureInfo.InvariantCulture))),
    ];

    private static IReadOnlyList<Anomaly> Check(int seed, string defect)
    {
        var (history, evidence) = SimulatedSystem.Run(seed, Enum.Parse<Defect>(defect));
        return Checker.Check(history, evidence);
    }

    // The rows of the tables whose first column is code.
    private static IEnumerable<string[]> Rows(int columns) => Document
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(line => line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries).Select(cell => cell.Trim('`')).ToArray())
        .Where(cells => cells.Length == columns);
}
