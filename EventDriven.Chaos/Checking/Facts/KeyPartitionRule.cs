using EventDriven.Chaos.Checking.Rules;

namespace EventDriven.Chaos.Checking.Facts;

/// <summary>All events of a key stand on one partition of their topic: there is no order between partitions.</summary>
internal sealed class KeyPartitionRule() : Rule("L5")
{
    public override IEnumerable<Finding> Check(CheckedRun run) =>
        from key in run.Evidence.Log.Where(record => record.Event is not null).GroupBy(record => (record.Topic, record.Key))
        let partitions = key.DistinctBy(record => record.Partition).ToList()
        where partitions.Count > 1
        select Finding.Of($"Key {key.Key.Key} stands on {partitions.Count} partitions of {key.Key.Topic}.", partitions);
}
