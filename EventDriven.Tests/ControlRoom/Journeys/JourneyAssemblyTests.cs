using EventDriven.ControlRoom.Journeys.Chart;
using EventDriven.ControlRoom.Journeys.Reading;
using EventDriven.Messaging.Operations.Journeys;
using EventDriven.Messaging.Operations.Logs;
using EventDriven.Messaging.Operations.Outbox;
using EventDriven.Messaging.Storage.Groups;

namespace EventDriven.Tests.ControlRoom.Journeys;

/// <summary>What the journey of an order says of what was read.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class JourneyAssemblyTests
{
    private const string Placed = "shop.orders.order-placed.v1";
    private const string Reserved = "shop.stock.stock-reserved.v1";

    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Order = new("0199aa3c-5d0e-7a43-9c3c-2f1d6a7b8c9d");
    private static readonly Guid First = new("0199aa3c-5d0e-7a43-9c3c-000000000001");
    private static readonly Guid Second = new("0199aa3c-5d0e-7a43-9c3c-000000000002");

    private readonly List<JourneyFact> _told = [];
    private readonly List<LoggedEvent> _logged = [];
    private readonly List<(string, WaitingOutboxMessage)> _waiting = [];
    private readonly List<JourneyMail> _mails = [];
    private DateTimeOffset _now = Now.AddMinutes(1);

    [Fact]
    public void An_event_has_its_service_and_its_time_on_the_log_and_what_each_group_did()
    {
        Tell(First, Placed, Step("stock", "handled", 30));
        Log(First, Placed, "/checkout", sentAfter: 5);
        _mails.Add(new JourneyMail("m", First.ToString(), "order-received", "Sent", 1, Now.AddMilliseconds(90), null));

        var one = Assert.Single(Read().Events);

        Assert.Equal(("checkout", Now.AddMilliseconds(5)), (one.Service, one.PublishedAt));
        Assert.Equal("stock", Assert.Single(one.Groups).Group);
        Assert.Equal("order-received", Assert.Single(one.Mails).Kind);
        Assert.False(Read().IsUnderWay);
    }

    [Fact]
    public void An_event_that_nobody_has_told_of_is_there_because_it_is_on_the_log_and_its_groups_are_silent()
    {
        Log(First, Placed, "/checkout", sentAfter: 5);

        var one = Assert.Single(Read().Events);

        Assert.Equal("stock", Assert.Single(one.Silent).Group);
        Assert.True(Read().IsUnderWay);
        _now = Now.AddHours(1);
        Assert.False(Read().IsUnderWay);
    }

    [Fact]
    public void An_event_in_the_outbox_waits()
    {
        _waiting.Add(("checkout", new WaitingOutboxMessage(1, 1, "orders", Order.ToString(), Placed, First, Now)));

        var one = Assert.Single(Read().Events);

        Assert.Equal(("checkout", true, null), (one.Service, one.IsWaiting, one.PublishedAt));
        Assert.True(Read().IsUnderWay);
    }

    [Fact]
    public void Events_are_in_the_order_in_which_they_happened_and_each_is_there_once()
    {
        Log(Second, Reserved, "/stock", sentAfter: 45, happenedAfter: 40);
        Tell(First, Placed, Step("stock", "handled", 30));
        Log(First, Placed, "/checkout", sentAfter: 5);

        Assert.Equal([Placed, Reserved], Read().Events.Select(one => one.Type));
    }

    [Theory]
    [InlineData("handled", false)]
    [InlineData("duplicate", false)]
    [InlineData("redriven", false)]
    [InlineData("failed", true)]
    [InlineData("parked", true)]
    [InlineData("behind", true)]
    public void What_has_had_no_effect_is_trouble(string outcome, bool isTrouble)
    {
        Tell(First, Placed, Step("stock", outcome, 30));

        Assert.Equal(isTrouble, Read().HasTrouble);
        Assert.Equal(isTrouble, JourneyDrawing.Of(Read())!.Bars.Single().IsTrouble);
    }

    [Fact]
    public void The_drawing_has_a_line_for_each_service_and_a_path_from_the_log_to_each_group()
    {
        Tell(First, Placed, Step("stock", "handled", 30), Step("mailer", "handled", 60));
        Log(First, Placed, "/checkout", sentAfter: 5);
        Tell(Second, Reserved, Step("checkout", "handled", 20));
        Log(Second, Reserved, "/stock", sentAfter: 8);

        var drawing = JourneyDrawing.Of(Read())!;

        Assert.Equal(["checkout", "stock", "mailer"], drawing.Lanes.Select(lane => lane.Name));
        Assert.Equal((3, 3), (drawing.Links.Count, drawing.Bars.Count));
        Assert.Equal(["order-placed", "stock-reserved"], drawing.Labels.Select(label => label.Text));
        Assert.NotEqual(drawing.Labels[0].Y, drawing.Labels[1].Y);
        Assert.All(drawing.Bars, bar => Assert.True(bar.Width >= 7));
        Assert.Null(JourneyDrawing.Of(new OrderJourney(Order, Now, null, [], [])));
    }

    private void Tell(Guid id, string type, params JourneyStep[] steps) =>
        _told.Add(new JourneyFact(id.ToString(), type, "orders", Now, steps));

    private static JourneyStep Step(string group, string outcome, double after) =>
        new(group, outcome, 1, Now.AddMilliseconds(after), after, 3);

    private void Log(Guid id, string type, string source, double sentAfter, double happenedAfter = 0) => _logged.Add(new LoggedEvent(
        new LogRecord("orders", 0, 1, Now.AddMilliseconds(sentAfter), id.ToString(), type, Order.ToString()),
        Now.AddMilliseconds(happenedAfter),
        [KeyValuePair.Create("ce_source", source)],
        "{}"));

    private OrderJourney Read() => JourneyAssembly.Of(
        Order,
        _told,
        Now,
        _logged,
        _waiting,
        _mails,
        [
            new RegisteredGroup(
                "stock",
                "",
                ["orders"],
                new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal) { [Placed] = Now.AddDays(-1) },
                OffsetsInDatabase: false,
                TimeSpan.FromDays(1)),
        ],
        [],
        _now);
}
