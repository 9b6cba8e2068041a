using EventDriven.Messaging.Consuming.Work;
using EventDriven.Messaging.Consuming;
using FsCheck.Xunit;

namespace EventDriven.Tests.Messaging;

[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class OffsetTrackerTests
{
    [Fact]
    public void Nothing_is_stored_before_the_first_event_is_done()
    {
        var tracker = new OffsetTracker();
        tracker.Start(7);
        tracker.Start(8);

        Assert.False(tracker.Finish(8));
        Assert.Null(tracker.Position);
        Assert.Equal(2, tracker.Window);
        Assert.True(tracker.Finish(7));
        Assert.Equal(9, tracker.Position);
        Assert.Equal(0, tracker.Window);
    }

    /// <summary>Whatever the gaps of the log and the order of finishing, the position never passes an event that isn't done.</summary>
    [Property]
    public bool The_position_never_passes_a_gap(byte[] gaps, int seed)
    {
        var offsets = gaps.Select((_, i) => gaps.Take(i + 1).Sum(gap => 1L + gap)).ToList();
        var tracker = new OffsetTracker();
        offsets.ForEach(tracker.Start);
        var open = new HashSet<long>(offsets);
        var finishing = offsets.ToArray();
        new Random(seed).Shuffle(finishing);

        foreach (var offset in finishing)
        {
            open.Remove(offset);
            tracker.Finish(offset);
            var safe = open.Count == 0 ? offsets[^1] + 1 : open.Min();
            if (tracker.Position > safe)
            {
                return false;
            }

            // Nothing is held back either: all that is done up to the first gap is stored.
            var done = offsets.Where(o => o < safe).ToList();
            if (done.Count > 0 && tracker.Position != done[^1] + 1)
            {
                return false;
            }
        }

        return tracker.Window == 0;
    }
}
