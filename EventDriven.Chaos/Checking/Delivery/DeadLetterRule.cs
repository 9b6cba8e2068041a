using EventDriven.Chaos.Checking.Rules;
using EventDriven.Chaos.Evidence.Groups;
using EventDriven.Chaos.Histories;

namespace EventDriven.Chaos.Checking.Delivery;

/// <summary>
/// Dead letters that were not redriven are exactly what was planted, in each group that has subscribed to its topic, and what stands behind
/// it.
/// </summary>
internal sealed class DeadLetterRule() : Rule("L8")
{
    private const string Unreadable = "unreadable";
    private const string Behind = "behind";
    private const string Contradictory = "contradictory";

    public override IEnumerable<Finding> Check(CheckedRun run) =>
        run.Evidence.Groups.SelectMany(group => Unplanted(run, group)).Concat(Missing(run));

    // An event that contradicts what was handled before is its producer's fault, redriven or not.
    private static IEnumerable<Finding> Unplanted(CheckedRun run, GroupEvidence group)
    {
        foreach (var letter in group.DeadLetters.Where(letter => letter.State != "redriven" || letter.Reason == Contradictory))
        {
            if (!run.Planted.Contains((letter.Topic, letter.Key ?? "")))
            {
                yield return Finding.Of($"{group.Name} has a dead letter that nobody planted.", letter);
            }
            else if (letter.Reason is not (Unreadable or Behind))
            {
                yield return Finding.Of(
                    $"{group.Name} has a dead letter that was planted to be unreadable, and is {letter.Reason}.", letter);
            }
        }
    }

    private static IEnumerable<Finding> Missing(CheckedRun run)
    {
        var stored = run.Evidence.Groups.SelectMany(
                group => group.DeadLetters.Where(letter => letter.Reason == Unreadable),
                (group, letter) => (group.Name, letter.Topic, letter.Key))
            .ToHashSet();
        var missing =
            from request in run.History.Operations
            where request is { Kind: OperationKind.Poison, Outcome: Outcome.Ok }
            from subscription in Subscription.All
            where subscription.Topics.Contains(request.Instance)
                && !stored.Contains((subscription.Group, request.Instance, request.CorrelationId))
            select Finding.Of($"{subscription.Group} has no dead letter of a record that was planted on {request.Instance}.", request);
        return missing;
    }
}
