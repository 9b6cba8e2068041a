using EventDriven.Chaos.Checking.Rules;

namespace EventDriven.Chaos.Checking.Facts;

/// <summary>An event is immutable: all its copies on the log have one topic, key, type and content.</summary>
internal sealed class EventIdentityRule() : Rule("L1")
{
    public override IEnumerable<Finding> Check(CheckedRun run) =>
        from copies in run.Evidence.Log.Where(record => record.Event is not null).GroupBy(record => record.Event!.Identity)
        let different = copies.DistinctBy(copy => (copy.Topic, copy.Key, copy.Event!.Type, copy.Event.Content)).ToList()
        where different.Count > 1
        select Finding.Of($"Event {different[0].Event!.Id} says different things.", different);
}
