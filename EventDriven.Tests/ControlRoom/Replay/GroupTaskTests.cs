using EventDriven.ControlRoom.Replay.Tasks;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Tests.ControlRoom.Replay;

/// <summary>What a task tells of how far it is.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class GroupTaskTests
{
    private readonly GroupTask _task =
        new(Guid.Empty, GroupTaskKind.Replay, "inventory", "ada", DateTimeOffset.UnixEpoch) { Total = 1_000 };

    [Fact]
    public void The_time_left_follows_from_the_rate_so_far()
    {
        var task = _task.At(250, TimeSpan.FromSeconds(5));

        Assert.Equal((0.25, 50.0, 15.0), (task.Share, task.PerSecond, task.SecondsLeft));
    }

    [Fact]
    public void Nothing_read_tells_no_rate()
    {
        var task = _task.At(0, TimeSpan.FromSeconds(5));

        Assert.Equal((0.0, null, null), (task.Share, task.PerSecond, task.SecondsLeft));
    }

    [Fact]
    public void At_the_end_nothing_is_left()
    {
        Assert.Null(_task.At(1_000, TimeSpan.FromSeconds(5)).SecondsLeft);
        Assert.Null(_task.At(new TaskProgress("switching", 7, 7, 3, 0)).SecondsLeft);
    }

    [Fact]
    public void An_unknown_total_has_no_share() => Assert.Null((_task with { Total = 0 }).Share);

    [Fact]
    public void The_newest_notes_are_kept()
    {
        var task = Enumerable.Range(0, 100).Aggregate(_task, (task, i) => task.With($"{i}"));

        Assert.Equal((20, "99"), (task.Notes.Count, task.Notes[^1]));
    }
}
