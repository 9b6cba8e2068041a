using EventDriven.Chaos.Checking.Rules;
using EventDriven.Chaos.Histories;

namespace EventDriven.Chaos.Checking.Delivery;

/// <summary>
/// Dead letters are exactly what was planted and what stands behind it. That nothing planted is missing follows from
/// <see cref="StoredOffsetRule"/>.
/// </summary>
internal sealed class DeadLetterRule() : Rule("L8")
{
    public override IEnumerable<Finding> Check(CheckedRun run)
    {
        var planted = run.History.Operations.Where(request => request.Kind == OperationKind.Poison)
            .Select(request => request.CorrelationId).ToHashSet(StringComparer.Ordinal);
        return run.Evidence.Groups.SelectMany(
            group => group.DeadLetters.Where(letter => letter.IsOpen && !planted.Contains(letter.Key ?? "")),
            (group, letter) => Finding.Of($"{group.Name} has a dead letter that nobody planted.", letter));
    }
}
