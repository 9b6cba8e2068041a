using Bunit;
using EventDriven.ControlRoom.Flow;
using EventDriven.ControlRoom.Layout;
using EventDriven.Messaging.Operations.Status;

namespace EventDriven.Tests.ControlRoom.Flow;

/// <summary>The flow as components.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class FlowViewTests : BunitContext
{
    private static readonly GroupFlow Group = new("inventory", "inventory", StatusLevel.Green, ["keeps up"], [new("orders", 2, 0)])
    {
        Events = 0,
        Members = 1,
    };

    [Fact]
    public void Before_the_first_reading_the_page_says_so() =>
        Assert.Contains("for the first time", Render(flow: null).Find("[role=status]").TextContent, StringComparison.Ordinal);

    [Fact]
    public void A_system_that_has_told_nothing_yet_is_shown_as_such()
    {
        var view = Render(new FlowSnapshot(
            new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero), [], [], [],
            [new StatusPart(StatusLevel.Red, StatusPartKind.Kafka, "kafka", ["does not answer"])]));

        Assert.Contains("does not answer", view.Find("#problems").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failing_group_is_told_by_word_and_shape_in_tile_list_picture_and_table()
    {
        var view = Render(Of(Group with { Level = StatusLevel.Red, Says = ["no member for 3 s"] }));

        Assert.Contains("1 failing", view.Find(".tile.red").TextContent, StringComparison.Ordinal);
        Assert.Contains("no member for 3 s", view.Find("#problems").TextContent, StringComparison.Ordinal);
        Assert.Equal("■ inventory", view.Find("svg .node.group.red .name").TextContent);
        Assert.Contains("failing", view.Find("#group-inventory").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Parked_keys_lead_to_their_dead_letters()
    {
        var view = Render(Of(Group with { Level = StatusLevel.Yellow, Says = ["1 key parked"], ParkedKeys = 1 }));

        Assert.All(
            ["svg .node.group", "#group-inventory a", ".tile[href^='/dead-letters']"],
            selector => Assert.Equal("/dead-letters?group=inventory", view.Find(selector).GetAttribute("href")));
    }

    [Fact]
    public void A_lag_that_shrinks_tells_when_it_is_gone()
    {
        var view = Render(Of(Group with { Events = 700, Seconds = 12, Trend = new LagTrend(-100, TimeSpan.FromSeconds(7)) }));

        Assert.Contains("700 behind, 12 s ↓", view.Find("svg .node.group").TextContent, StringComparison.Ordinal);
        Assert.Contains("caught up in 7.0 s", view.Find("svg .node.group").TextContent, StringComparison.Ordinal);
        Assert.Contains("↓ 100/s", view.Find("#group-inventory").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sparkline_does_not_make_a_mountain_of_two_events()
    {
        var line = Render<Sparkline>(parameters => parameters.Add(view => view.Values, [0, 2]));

        Assert.Equal("0,22 100,18", line.Find("polyline").GetAttribute("points"));
    }

    private static FlowSnapshot Of(GroupFlow group) => new(
        new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero),
        [new ServiceFlow("checkout", StatusLevel.Green, ["healthy"], ["orders"]) { OutboxEvents = 0 }],
        [new TopicFlow("orders", 2, 12, 40)],
        [group],
        [new StatusPart(StatusLevel.Green, StatusPartKind.Kafka, "kafka", ["answers"])]);

    private IRenderedComponent<FlowView> Render(FlowSnapshot? flow) =>
        Render<FlowView>(parameters => parameters.Add(view => view.Flow, flow));
}
