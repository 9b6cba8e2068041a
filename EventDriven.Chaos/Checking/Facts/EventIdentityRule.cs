using EventDriven.Chaos.Checking.Rules;
using EventDriven.Chaos.Evidence.Logs;

namespace EventDriven.Chaos.Checking.Facts;

/// <summary>
/// An event is immutable: all its copies on the log have one topic, key, type and content. What has a type of this system has its data,
/// too, or was planted.
/// </summary>
internal sealed class EventIdentityRule() : Rule("L1")
{
    public override IEnumerable<Finding> Check(CheckedRun run)
    {
        foreach (var copies in run.Evidence.Log.Where(record => record.Event is not null).GroupBy(record => record.Event!.Identity))
        {
            var different = copies.DistinctBy(copy => (copy.Topic, copy.Key, copy.Event!.Type, copy.Event.Content)).ToList();
            if (different.Count > 1)
            {
                yield return Finding.Of($"Event {different[0].Event!.Id} says different things.", different);
            }

            var record = different[0];
            if (record.Event!.Fact is null && FactReader.Knows(record.Event.Type)
                && !run.Planted.Contains((record.Topic, record.Key ?? "")))
            {
                yield return Finding.Of($"Event {record.Event.Id} is none of type {record.Event.Type}: its data does not fit.", record);
            }
        }
    }
}
