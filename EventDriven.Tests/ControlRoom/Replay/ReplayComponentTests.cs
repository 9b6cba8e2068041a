using Bunit;
using EventDriven.ControlRoom.Replay;
using EventDriven.ControlRoom.Replay.Rehearsal;
using EventDriven.ControlRoom.Replay.Tasks;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Tests.ControlRoom.Replay;

/// <summary>What the parts of the page say.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class ReplayComponentTests : BunitContext
{
    private static readonly GroupTask Task1 = new(Guid.Empty, GroupTaskKind.Rehearsal, "inventory", "ada", DateTimeOffset.UnixEpoch)
    {
        Command = "rehearse --group inventory --from beginning",
    };

    [Fact]
    public void A_task_that_runs_shows_its_progress_and_can_be_stopped()
    {
        var card = Render<GroupTaskCard>(parameters => parameters.Add(
            card => card.Task, Task1 with { Phase = "reading", Read = 1_200, Total = 4_800, PerSecond = 600, SecondsLeft = 6 }));

        Assert.Equal("0.25", card.Find("progress").GetAttribute("value"));
        Assert.Equal(
            ["reading", "1,200 of 4,800 events", "600 events/s", "6.0 s left"],
            card.FindAll(".numbers span").Select(number => number.TextContent));
        Assert.Equal("stop-task", card.Find("button").GetAttribute("form"));
    }

    [Fact]
    public void A_task_that_has_ended_shows_what_came_of_it_and_no_button()
    {
        var card = Render<GroupTaskCard>(parameters => parameters.Add(
            card => card.Task, Task1 with { State = GroupTaskState.Failed, Error = "Refused.", Ended = DateTimeOffset.UnixEpoch }));

        Assert.Empty(card.FindAll("button, progress"));
        Assert.Equal("Refused.", card.Find(".notice.bad").TextContent);
    }

    [Fact]
    public void A_difference_has_signs_and_not_colours_alone()
    {
        var view = Render<RehearsalView>(parameters => parameters.Add(view => view.Diff, new RehearsalDiff(
            RehearsalDiffTests.Result([]) with { Sent = new Dictionary<string, long>(StringComparer.Ordinal) { ["mail"] = 3 } },
            [new TableDiff("reservations", 100, 103, 5, 0, 2) { IsEstimate = true }])));

        Assert.Equal(
            ["about 100", "about 103", "+5", "–", "−2"],
            view.FindAll("table.diff")[0].QuerySelectorAll("td").Select(cell => cell.TextContent.Trim()));
        Assert.Contains("+3", view.FindAll("table.diff")[1].TextContent, StringComparison.Ordinal);
        Assert.Empty(view.FindAll(".notice.good"));
    }

    [Fact]
    public void A_replay_without_effect_is_said_to_be_one()
    {
        var view = Render<RehearsalView>(
            parameters => parameters.Add(view => view.Diff, new RehearsalDiff(RehearsalDiffTests.Result([]), [])));

        Assert.Contains("changes no row", view.Find(".notice.good").TextContent, StringComparison.Ordinal);
        Assert.Empty(view.FindAll("table"));
    }

    [Fact]
    public void A_rebuild_that_lost_rows_says_so()
    {
        var view = Render<RebuildView>(parameters => parameters.Add(view => view.Result, new RebuildResult(
            "analytics", 10, 0, 1, new Dictionary<string, TableRows>(StringComparer.Ordinal) { ["orders"] = new(10, 8) }, 2,
            ["orders.v1[0]"], [], 2, 1, 5)));

        Assert.Equal(["10", "8", "−2"], view.FindAll("td").Select(cell => cell.TextContent));
        Assert.Equal(2, view.FindAll(".notice.bad").Count);
    }
}
