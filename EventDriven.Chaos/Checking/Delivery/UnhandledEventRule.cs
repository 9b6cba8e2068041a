using EventDriven.Chaos.Checking.Rules;

namespace EventDriven.Chaos.Checking.Delivery;

/// <summary>Left alone, every group handles every event that it has subscribed to.</summary>
internal sealed class UnhandledEventRule() : Rule("L6")
{
    public override IEnumerable<Finding> Check(CheckedRun run) => UnhandledEvent.Of(run).Where(late => !late.IsPassed)
        .Select(late => Finding.Of(
            $"{late.Group.Name} has not handled {late.Record.Position}.",
            late.Record,
            $"stored offset of {late.Group.Name}: {late.StoredOffset?.ToString() ?? "none"}"));
}
