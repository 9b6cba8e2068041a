using Bunit;
using EventDriven.ControlRoom.Events;
using EventDriven.ControlRoom.Journeys;
using EventDriven.ControlRoom.Journeys.Chart;
using EventDriven.ControlRoom.Journeys.Reading;
using EventDriven.Messaging.Operations.Journeys;
using EventDriven.Messaging.Operations.Logs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EventDriven.Tests.ControlRoom.Journeys;

/// <summary>The journey of an order as components: what each state looks like, in figures, picture, table and events.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class JourneyViewTests : BunitContext
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";

    private static readonly Guid Order = new("0199aa3c-5d0e-7a43-9c3c-2f1d6a7b8c9d");
    private static readonly DateTimeOffset Placed = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);
    private static readonly JourneyStep Handled = new("inventory", "handled", 1, Placed.AddMilliseconds(30), 30, 8);

    [Fact]
    public void An_order_without_an_event_says_so_and_shows_what_could_not_be_read()
    {
        var view = Render(new OrderJourney(Order, Placed, null, [], ["Kafka does not answer: away"]));

        Assert.Equal(
            ["Kafka does not answer: away", "Nothing has happened to this order yet."],
            view.FindAll("[role=status]").Select(notice => notice.TextContent));
        Assert.Empty(view.FindAll("table, svg, .tile"));
    }

    [Fact]
    public void An_order_of_which_all_is_told_is_green()
    {
        var view = Render(Of(Event(groups: [Handled])));

        var tile = view.Find(".tile");
        Assert.Contains("green", tile.ClassName!, StringComparison.Ordinal);
        Assert.Contains("every group has handled every event", tile.TextContent, StringComparison.Ordinal);
        Assert.Empty(view.FindAll("#handling .trouble, #handling .waiting, svg .bad"));
    }

    [Theory]
    [InlineData("failed")]
    [InlineData("parked")]
    public void A_group_that_failed_is_red_in_tile_picture_and_table(string outcome)
    {
        var view = Render(Of(Event(groups: [Handled with { Outcome = outcome, Attempt = 3 }])));

        Assert.Contains("In trouble", view.Find(".tile.red").TextContent, StringComparison.Ordinal);
        Assert.Contains($"{outcome} in attempt 3", view.Find("svg .handling.bad title").TextContent, StringComparison.Ordinal);
        Assert.Equal("×3", view.Find("svg .handling.bad text").TextContent);
        Assert.Equal(outcome, view.Find("#handling .trouble").TextContent);
    }

    [Fact]
    public void A_group_that_has_not_told_is_waited_for_and_has_a_line_of_its_own()
    {
        var view = Render(Of(Event(silent: [new SilentGroup("analytics", 12)])));

        Assert.Contains("Under way", view.Find(".tile.yellow").TextContent, StringComparison.Ordinal);
        Assert.Contains("1 receipt missing", view.Find(".tile.yellow").TextContent, StringComparison.Ordinal);
        Assert.Equal(["checkout", "analytics"], view.FindAll("svg .lane text").Select(lane => lane.TextContent));
        Assert.Contains(
            "analytics has not told of order-placed for 12 s", view.Find("svg .mark.silent title").TextContent, StringComparison.Ordinal);
        Assert.Equal("no receipt for 12 s", view.Find("#handling .waiting").TextContent);
    }

    [Theory]
    [InlineData(true, "waits in the outbox", "nobody else can have read it yet")]
    [InlineData(false, "no longer on the log", "The log no longer has it")]
    public void An_event_that_is_not_on_the_log_says_why(bool isWaiting, string told, string said)
    {
        var view = Render(Of(Event() with { Logged = null, IsWaiting = isWaiting }));

        Assert.Contains(told, view.Find("#handling").TextContent, StringComparison.Ordinal);
        Assert.Contains(said, view.Find("#events").TextContent, StringComparison.Ordinal);
        Assert.Empty(view.FindAll("svg.journey[aria-hidden] .mark.publish"));
        Assert.Empty(view.FindAll("#events details"));
    }

    [Fact]
    public void A_message_that_is_not_sent_is_told_apart_from_one_that_is()
    {
        var view = Render(Of(Event(
            groups: [new JourneyStep(OrderJourney.MailGroup, "handled", 1, Placed.AddMilliseconds(40), 40, 3)],
            mails:
            [
                new JourneyMail("1", "1", "order-received", "Sent", 1, Placed.AddMilliseconds(90), null),
                new JourneyMail("2", "1", "order-confirmed", "Pending", 2, null, "451"),
            ])));

        Assert.Contains("1 of 2 sent", view.FindAll(".tile")[3].TextContent, StringComparison.Ordinal);
        Assert.Contains("order-received: Sent", view.Find("svg .mark.mail title").TextContent, StringComparison.Ordinal);
        Assert.Contains("order-confirmed: Pending, 451", view.Find("svg .mark.mailwaiting title").TextContent, StringComparison.Ordinal);
        Assert.Equal("pending: 451", view.Find("#handling .waiting").TextContent);
    }

    [Fact]
    public void A_long_pause_is_folded_and_the_request_stands_before_the_fact_that_it_led_to()
    {
        var later = Placed.AddHours(2);
        var view = Render(Of(
            Event(groups: [Handled]),
            Event("2", "eventdriven.payments.payment-captured.v1", later, [Handled with { At = later.AddMilliseconds(30) }])) with
        {
            RequestedAt = Placed.AddMilliseconds(-3),
        });

        Assert.Equal("120 min", view.Find("svg .fold text").TextContent);
        Assert.Equal(["order-placed", "payment-captured"], view.FindAll("svg .fact text").Select(fact => fact.TextContent));
        Assert.Single(view.FindAll("svg[aria-hidden] .mark.request"));
    }

    [Fact]
    public void An_id_that_was_made_long_before_is_no_request() =>
        Assert.Empty(Render(Of(Event()) with { RequestedAt = Placed.AddMinutes(-2) }).FindAll("svg[aria-hidden] .mark.request"));

    [Fact]
    public void Every_row_of_an_event_is_under_its_name_and_leads_to_its_data_and_trace()
    {
        var view = Render(Of(Event(groups: [Handled], silent: [new SilentGroup("analytics", 12)])));

        var name = view.Find("#handling th[scope=row]");
        Assert.Equal($"{view.FindAll("#handling tbody tr").Count}", name.GetAttribute("rowspan"));
        Assert.Equal("#event-1", name.QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains("\"total\": 3", view.Find("#event-1 pre").TextContent, StringComparison.Ordinal);
        Assert.Equal($"https://dashboard/traces/detail/{Trace}", view.Find("#events > p a").GetAttribute("href"));
    }

    [Fact]
    public void Names_that_would_lie_over_each_other_are_on_lines_of_their_own_within_the_picture()
    {
        var drawing = JourneyDrawing.Of(Of(
            Event(), Event("2", at: Placed.AddMilliseconds(2)), Event("3", at: Placed.AddMilliseconds(100))))!;

        Assert.NotEqual(drawing.Labels[0].Y, drawing.Labels[1].Y);
        Assert.All(drawing.Labels, label => Assert.InRange(label.TextX, 0, JourneyDrawing.Width - (label.Text.Length * 7)));
        Assert.All(drawing.Labels, label => Assert.True(label.Y < drawing.Top));
    }

    private static OrderJourney Of(params JourneyEvent[] events) => new(Order, Placed.AddHours(3), null, events, []);

    private static JourneyEvent Event(
        string id = "1",
        string type = "eventdriven.orders.order-placed.v1",
        DateTimeOffset? at = null,
        IReadOnlyList<JourneyStep>? groups = null,
        IReadOnlyList<SilentGroup>? silent = null,
        IReadOnlyList<JourneyMail>? mails = null)
    {
        var committed = at ?? Placed;
        return new JourneyEvent(
            id, type, "orders.v1", "checkout", committed,
            new LoggedEvent(
                new LogRecord("orders.v1", 0, 1, committed.AddMilliseconds(6), id, type, Order.ToString()),
                committed,
                [KeyValuePair.Create("ce_traceparent", $"00-{Trace}-b7ad6b7169203331-01")],
                """{"total":3}"""),
            IsWaiting: false, groups ?? [], silent ?? [], mails ?? []);
    }

    private IRenderedComponent<JourneyView> Render(OrderJourney journey)
    {
        if (Services.All(service => service.ServiceType != typeof(TraceLinks)))
        {
            Services.AddSingleton(new TraceLinks(Options.Create(new DashboardOptions { Dashboard = new Uri("https://dashboard") })));
        }

        return Render<JourneyView>(parameters => parameters.Add(view => view.Journey, journey));
    }
}
