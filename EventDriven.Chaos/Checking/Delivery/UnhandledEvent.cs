using EventDriven.Chaos.Checking.Rules;
using EventDriven.Chaos.Evidence.Groups;
using EventDriven.Chaos.Evidence.Logs;

namespace EventDriven.Chaos.Checking.Delivery;

/// <summary>A record that a group had to handle and that is in neither its inbox nor its dead letters.</summary>
/// <param name="Group">The group.</param>
/// <param name="Record">The record.</param>
/// <param name="StoredOffset">The group's stored offset of its partition; null when it has none.</param>
internal sealed record UnhandledEvent(GroupEvidence Group, LoggedRecord Record, long? StoredOffset)
{
    /// <summary>Whether the group will never read it again.</summary>
    public bool IsPassed => Record.Offset < StoredOffset;

    /// <summary>All of a run.</summary>
    public static IEnumerable<UnhandledEvent> Of(CheckedRun run)
    {
        foreach (var group in run.Evidence.Groups)
        {
            var stored = group.DeadLetters.ToLookup(letter => (letter.Topic, letter.Partition, letter.Offset));
            var parked = run.Evidence.Log
                .Where(record => record.Event is not null && stored[At(record)].Any(letter => letter.State != "redriven"))
                .Select(record => record.Event!.Identity).ToHashSet();
            foreach (var record in run.Evidence.Log.Where(record => IsFor(group, record)))
            {
                var isHandled = record.Event is { } read
                    ? group.Inbox.ContainsKey(read.Identity) || parked.Contains(read.Identity)
                    : stored.Contains(At(record));
                if (!isHandled)
                {
                    yield return new UnhandledEvent(
                        group,
                        record,
                        group.Offsets.TryGetValue((record.Topic, record.Partition), out var offset) ? offset : null);
                }
            }
        }
    }

    // Each group that reads a topic handles its unreadable records. Events older than the binding of their type are passed over.
    private static bool IsFor(GroupEvidence group, LoggedRecord record) =>
        group.Topics.Contains(record.Topic)
        && (record.Event is not { } read || (group.Types.TryGetValue(read.Type, out var since) && record.WrittenAt >= since));

    private static (string Topic, int Partition, long Offset) At(LoggedRecord record) => (record.Topic, record.Partition, record.Offset);
}
