using EventDriven.Chaos.Checking.Rules;

namespace EventDriven.Chaos.Checking.Delivery;

/// <summary>
/// A stored offset is never past an event that is neither handled nor a dead letter, which would be lost, nor past the end of its
/// partition.
/// </summary>
internal sealed class StoredOffsetRule() : Rule("L4")
{
    public override IEnumerable<Finding> Check(CheckedRun run)
    {
        var ends = run.Evidence.Log.GroupBy(record => (record.Topic, record.Partition))
            .ToDictionary(partition => partition.Key, partition => partition.MaxBy(record => record.Offset)!);
        return UnhandledEvent.Of(run).Where(lost => lost.IsPassed)
            .Select(lost => Finding.Of(
                $"{lost.Group.Name} went past {lost.Record.Position} without handling it.",
                lost.Record,
                $"stored offset of {lost.Group.Name}: {lost.StoredOffset}"))
            .Concat(
                from item in run.Evidence.Groups
                from offset in item.Offsets
                where ends.TryGetValue(offset.Key, out var last) && offset.Value > last.Offset + 1
                select Finding.Of(
                    $"{item.Name} stored offset {offset.Value}, which is past the end of {offset.Key.Topic}[{offset.Key.Partition}].",
                    ends[offset.Key]));
    }
}
