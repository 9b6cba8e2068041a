using Bunit;
using EventDriven.ControlRoom.DeadLetters;
using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Operations.DeadLetters.Progress;
using EventDriven.Messaging.Storage.DeadLetters;

namespace EventDriven.Tests.ControlRoom.DeadLetters;

/// <summary>The list of dead letters as a component.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class DeadLetterListViewTests : BunitContext
{
    [Fact]
    public void Nothing_waits_where_there_is_nothing()
    {
        var view = Render(Nothing());

        Assert.Contains("No dead letter waits.", view.Find("#none").TextContent, StringComparison.Ordinal);
        Assert.Empty(view.FindAll("table"));
    }

    [Fact]
    public void A_database_that_does_not_answer_is_told_and_not_taken_for_an_empty_one()
    {
        var view = Render(Nothing("inventorydb does not answer: away"));

        Assert.Contains("inventorydb", view.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Contains("in the databases that answer", view.Find("#none").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_tells_why_how_long_and_what_it_blocks_and_an_errors_text_is_text()
    {
        var view = Render(List(new DeadLetterChoice { Group = "inventory" }));

        var row = view.Find("#letters tbody tr");
        Assert.Contains("order-1", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("<b>no stock</b>", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("4 min", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("6 events", row.TextContent, StringComparison.Ordinal);
        Assert.Equal("/dead-letters/inventory/1", row.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public void Many_are_changed_by_what_is_shown_age_and_all()
    {
        var all = Render(List(new DeadLetterChoice { Group = "inventory", Reason = "failed", After = 50 }));
        Assert.Equal("/dead-letters/redrive?group=inventory&reason=failed", all.Find(".actions .primary").GetAttribute("href"));

        var old = Render(List(new DeadLetterChoice { Group = "inventory", Older = "1d" }));
        Assert.Equal("/dead-letters/redrive?group=inventory&older=1d", old.Find(".actions .primary").GetAttribute("href"));
        Assert.Contains("Redrive what matches of inventory", old.Find(".actions").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_being_redriven_is_counted()
    {
        var view = Render(List(new DeadLetterChoice { Group = "inventory" }));

        Assert.Equal("2 being redriven", view.Find(".redriving").TextContent);
    }

    [Fact]
    public void A_redrive_shows_how_far_it_is_also_when_nothing_waits_any_more()
    {
        var change = Guid.CreateVersion7(SomeDeadLetters.Now.AddMinutes(-5));
        var yesterday = Guid.CreateVersion7(SomeDeadLetters.Now.AddHours(-20));
        var nothing = Nothing();
        var view = Render(nothing with
        {
            Overview = nothing.Overview with
            {
                Redrives =
                [
                    new RedriveProgress(change, "inventory", Count: 40, Applied: 40, Discarded: 0, Parked: 0),
                    new RedriveProgress(yesterday, "checkout", Count: 12, Applied: 5, Discarded: 1, Parked: 2),
                    new RedriveProgress(yesterday, "analytics", Count: 3, Applied: 3, Discarded: 0, Parked: 0),
                ],
            },
        });

        var cards = view.FindAll("[data-redrive]");
        Assert.Equal(["inventory", "checkout"], cards.Select(card => card.GetAttribute("data-group")));
        Assert.Equal($"/changes/{change}", cards[0].QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal("done", cards[0].QuerySelector(".phase")!.TextContent);
        Assert.Contains("8 of 12 events", cards[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("2 parked again", cards[1].TextContent, StringComparison.Ordinal);
        var progress = cards[1].QuerySelector("progress")!;
        Assert.Equal(("12", "8"), (progress.GetAttribute("max"), progress.GetAttribute("value")));
        Assert.NotNull(view.Find("#none"));
    }

    private static DeadLetterList Nothing(params string[] unreachable) => new(
        new DeadLetterChoice(), new DeadLetterOverview([], unreachable, SomeDeadLetters.Now), [], SomeDeadLetters.Now);

    private static DeadLetterList List(DeadLetterChoice choice) => new(
        choice,
        new DeadLetterOverview(
            [
                new DeadLetterSummary("inventory", DeadLetterReason.Failed, DeadLetterState.Parked, 5, SomeDeadLetters.Now.AddHours(-3)),
                new DeadLetterSummary("inventory", DeadLetterReason.Failed, DeadLetterState.Redriving, 2, SomeDeadLetters.Now.AddHours(-1)),
            ],
            [],
            SomeDeadLetters.Now),
        [new DeadLetterRow(SomeDeadLetters.Failed(1), Blocks: 6)],
        SomeDeadLetters.Now);

    private IRenderedComponent<DeadLetterListView> Render(DeadLetterList list) =>
        Render<DeadLetterListView>(parameters => parameters.Add(view => view.List, list));
}
