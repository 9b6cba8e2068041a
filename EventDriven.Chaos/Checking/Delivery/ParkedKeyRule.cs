using EventDriven.Chaos.Checking.Rules;

namespace EventDriven.Chaos.Checking.Delivery;

/// <summary>While an event is a dead letter, no later event of its key is handled.</summary>
internal sealed class ParkedKeyRule() : Rule("L5")
{
    public override IEnumerable<Finding> Check(CheckedRun run) =>
        from item in run.Evidence.Groups
        from letter in item.DeadLetters.Where(letter => letter is { IsOpen: true, Key: not null })
        let overtaking = run.Keys[(letter.Topic, letter.Key!)].FirstOrDefault(
            record => record.Partition == letter.Partition && record.Offset > letter.Offset
                && item.Inbox.ContainsKey(record.Event!.Identity))
        where overtaking is not null
        select Finding.Of(
            $"{item.Name} has handled {overtaking.Position} of {letter.Key}, which has an earlier dead letter.",
            letter, overtaking, item.Inbox[overtaking.Event!.Identity]);
}
