using Analytics.Worker.Journeys;
using EventDriven.Contracts;
using EventDriven.Messaging;
using EventDriven.Tests.Messaging.Host;
using EventDriven.Tests.Services;
using FsCheck.Xunit;
using Receipt = EventDriven.Contracts.Receipts.Receipt;

namespace EventDriven.Tests.Analytics;

/// <summary>What Analytics makes of the consumers' receipts.</summary>
public sealed class JourneyTests(Servers servers) : IAsyncLifetime
{
    // In the order of their ranks.
    private static readonly string[] Outcomes = ["failed", "behind", "parked", "duplicate", "handled", "redriven"];
    private AnalyticsService _analytics = null!;

    public async ValueTask InitializeAsync() => _analytics = await AnalyticsService.CreateAsync(servers);

    public ValueTask DisposeAsync() => _analytics.DisposeAsync();

    [Fact]
    public async Task A_journey_tells_each_fact_in_order_and_what_each_group_did_with_it()
    {
        var order = Orders.NewId();
        var (placed, confirmed) = (Orders.NewId(), Orders.NewId());
        var confirmedIn = ReceiptOf(confirmed, order, "handled", 1, 900)
            with
        { Type = EventTypes.OrderConfirmed, EventTime = Orders.PlacedAt.AddMilliseconds(500) };
        await _analytics.TellAsync(
            "notifications", confirmedIn, ReceiptOf(placed, order, "handled", 2, 250.5) with { Milliseconds = 4.25 });
        await _analytics.TellAsync(
            "inventory", ReceiptOf(placed, order, "handled", 1, 30), ReceiptOf(Orders.NewId(), Orders.NewId(), "handled", 1, 30));

        var journey = (await _analytics.JourneyAsync(order))!;

        Assert.Equal(order, journey.OrderId);
        Assert.Equal(
            [(placed.ToString(), EventTypes.OrderPlaced, Orders.PlacedAt),
                (confirmed.ToString(), EventTypes.OrderConfirmed, Orders.PlacedAt.AddMilliseconds(500))],
            journey.Facts.Select(f => (f.EventId, f.Type, f.HappenedAt)));
        Assert.All(journey.Facts, fact => Assert.Equal(Topics.Orders.Name, fact.Topic));
        Assert.Equal(
            [
                new JourneyStep("inventory", "handled", 1, Orders.PlacedAt.AddMilliseconds(30), 30, 1.5),
                new JourneyStep("notifications", "handled", 2, Orders.PlacedAt.AddMilliseconds(250.5), 250.5, 4.2),
            ],
            journey.Facts[0].Groups);
        Assert.Equal(
            [new JourneyStep("notifications", "handled", 1, Orders.PlacedAt.AddMilliseconds(900), 400, 1.5)], journey.Facts[1].Groups);
    }

    [Fact]
    public async Task Without_receipts_a_known_order_has_no_facts_and_an_unknown_one_is_not_found()
    {
        var order = Orders.NewId();
        await _analytics.PlaceAsync(order, ("mug-blue", 1));

        Assert.Empty((await _analytics.JourneyAsync(order))!.Facts);
        Assert.Null(await _analytics.JourneyAsync(Orders.NewId()));
    }

    /// <summary>Told in any order, in one event or several, and again: the same row.</summary>
    [Property(MaxTest = 60)]
    public async Task Receipts_give_the_same_journey_in_whatever_order_and_how_often_they_come(
        byte highestOutcome, (byte Outcome, byte Ms)[] told, byte split)
    {
        var order = Orders.NewId();
        var fact = Orders.NewId();
        var receipts = told.Select(
            r => ReceiptOf(fact, order, Outcomes[r.Outcome % (1 + (highestOutcome % Outcomes.Length))], 1 + r.Ms, r.Ms)).ToArray();
        await _analytics.TellAsync("inventory", receipts[..(split % (receipts.Length + 1))]);
        await _analytics.TellAsync("inventory", receipts[(split % (receipts.Length + 1))..]);
        await _analytics.TellAsync("inventory", [.. receipts.Reverse()]);

        var highest = receipts.GroupBy(r => Array.IndexOf(Outcomes, r.Outcome)).MaxBy(outcome => outcome.Key);
        var expected = highest?.Key < Array.IndexOf(Outcomes, "duplicate") ? highest?.MaxBy(r => r.Time) : highest?.MinBy(r => r.Time);
        var step = (await _analytics.JourneyAsync(order))?.Facts.Single().Groups.Single();
        Assert.Equal((expected?.Outcome, expected?.Attempts, expected?.Time), (step?.Outcome, step?.Attempt, step?.At));
    }

    [Fact]
    public async Task An_outcome_that_is_not_known_here_is_passed_over()
    {
        var order = Orders.NewId();
        await _analytics.TellAsync(
            "inventory", ReceiptOf(Orders.NewId(), order, "teleported", 1, 30), ReceiptOf(Orders.NewId(), order, "handled", 1, 30));

        Assert.Equal("handled", Assert.Single((await _analytics.JourneyAsync(order))!.Facts).Groups[0].Outcome);
    }

    /// <summary>A group tells of hostile records, too: their keys are whatever was sent.</summary>
    [Fact]
    public async Task A_receipt_that_can_not_be_stored_costs_no_other_one_of_its_event()
    {
        var order = Orders.NewId();
        using var dropped = new Metered("messaging.receipts.dropped", "bad-receipts");
        var good = ReceiptOf(Orders.NewId(), order, "handled", 1, 30);
        Receipt[] bad =
        [
            good with { Key = "a\0b" }, good with { Key = new string('k', 3_000) }, good with { Key = "" }, good with { Topic = "a\0b" },
            good with { Type = "a\0b" },
            good with { Outcome = "handled", EventTime = default }, good with { Time = DateTimeOffset.MaxValue },
            good with { Attempts = -1 },
        ];

        await _analytics.TellAsync("bad-receipts", [.. bad.Select(receipt => receipt with { EventId = $"{Orders.NewId()}" }), good]);

        Assert.Single(Assert.Single((await _analytics.JourneyAsync(order))!.Facts).Groups);
        await Eventually.TrueAsync(() => dropped.Counted == bad.Length);
    }

    [Fact]
    public async Task Receipts_are_forgotten_when_their_topic_forgets_them()
    {
        var (old, recent) = (Orders.NewId(), Orders.NewId());
        await _analytics.TellAsync(
            "inventory",
            ReceiptOf(Orders.NewId(), old, "handled", 1, -Topics.Receipts.Retention.TotalMilliseconds),
            ReceiptOf(Orders.NewId(), recent, "handled", 1, 10_000 - Topics.Receipts.Retention.TotalMilliseconds));

        await _analytics.StartAsync<ReceiptRetention>();

        await Eventually.TrueAsync(async () => await _analytics.JourneyAsync(old) is null);
        Assert.NotNull(await _analytics.JourneyAsync(recent));
    }

    private static Receipt ReceiptOf(Guid eventId, Guid orderId, string outcome, int attempts, double afterMs) => new(
        eventId.ToString(), EventIdentity.Of("/checkout", eventId.ToString()), orderId.ToString(), Topics.Orders.Name,
        EventTypes.OrderPlaced, Orders.PlacedAt, outcome, attempts, 1.5, Orders.PlacedAt.AddMilliseconds(afterMs));
}
