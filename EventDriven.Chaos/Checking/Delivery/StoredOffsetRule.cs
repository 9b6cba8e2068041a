using EventDriven.Chaos.Checking.Rules;

namespace EventDriven.Chaos.Checking.Delivery;

/// <summary>A stored offset is never past an event that is neither handled nor a dead letter: it would be lost.</summary>
internal sealed class StoredOffsetRule() : Rule("L4")
{
    public override IEnumerable<Finding> Check(CheckedRun run) => UnhandledEvent.Of(run).Where(lost => lost.IsPassed)
        .Select(lost => Finding.Of(
            $"{lost.Group.Name} went past {lost.Record.Position} without handling it.",
            lost.Record,
            $"stored offset of {lost.Group.Name}: {lost.StoredOffset}"));
}
