using EventDriven.Chaos.Checking.Rules;
using EventDriven.Chaos.Evidence.Groups;

namespace EventDriven.Chaos.Checking.Effects;

/// <summary>A read model is the fold of the log, less the dead letters of its group.</summary>
internal sealed class ReadModelRule() : Rule("L10")
{
    private static readonly string[] Groups = ["analytics", "recommendations"];

    public override IEnumerable<Finding> Check(CheckedRun run) =>
        run.Evidence.Groups.Where(group => Groups.Contains(group.Name)).SelectMany(group => Check(run, group));

    private static IEnumerable<Finding> Check(CheckedRun run, GroupEvidence group)
    {
        var parked = group.DeadLetters.Where(letter => letter.State != "redriven")
            .Select(letter => (letter.Topic, letter.Partition, letter.Offset)).ToHashSet();
        var fold = new ReadModelFold(group.Name);
        foreach (var record in run.Events.Where(record => group.Topics.Contains(record.Topic)
            && group.Types.ContainsKey(record.Event!.Type) && !parked.Contains((record.Topic, record.Partition, record.Offset))))
        {
            fold.Apply(record.Event!.Fact);
        }

        var (expected, stored) = (fold.Rows, run.Evidence.ReadModels.Where(row => row.Group == group.Name).ToHashSet());
        return expected.Except(stored)
            .Select(row => Finding.Of("The log says what the read model doesn't.", [row, .. stored.Where(other => IsSame(other, row))]))
            .Concat(stored.Except(expected).Where(row => !expected.Any(other => IsSame(other, row)))
                .Select(row => Finding.Of("The read model says what the log doesn't.", row)));

        static bool IsSame(Evidence.ReadModels.ReadModelRow one, Evidence.ReadModels.ReadModelRow other) =>
            (one.Table, one.Key) == (other.Table, other.Key);
    }
}
