using EventDriven.Chaos.Checking.Rules;

namespace EventDriven.Chaos.Checking.Facts;

/// <summary>What was committed is announced: left alone, an outbox is empty.</summary>
internal sealed class OutboxRule() : Rule("L3")
{
    public override IEnumerable<Finding> Check(CheckedRun run) =>
        run.Evidence.Outbox.GroupBy(waiting => waiting.Database)
            .Select(waiting => Finding.Of($"{waiting.Count()} events of {waiting.Key} were not sent.", waiting.Take(1)));
}
