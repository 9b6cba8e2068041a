using Analytics.Worker.Database;
using Analytics.Worker.Orders;
using EventDriven.ServiceDefaults.Http.Reference;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Analytics.Worker.Journeys;

/// <summary>What each group did with the facts of an order.</summary>
internal static class JourneyApi
{
    // An order has only a few facts. The limit is for a faulty key.
    private const int MaxReceipts = 1_000;

    public static void MapJourneys(this IEndpointRouteBuilder routes) => routes.MapGet("/orders/{orderId:guid}/journey", GetAsync)
        .WithName("GetJourney")
        .WithSummary("What happened to an order, and what each consumer group did with it.")
        .ProducesProblems(404, 503)
        .WithExample(OrderExamples.NewestAsync);

    /// <summary>The list of facts is empty if the order is known but no group sends receipts.</summary>
    internal static async Task<Results<Ok<JourneyAnswer>, ProblemHttpResult>> GetAsync(
        Guid orderId, AnalyticsDbContext database, IConfiguration configuration, CancellationToken cancellationToken)
    {
        var key = orderId.ToString();
        var receipts = await database.Receipts.AsNoTracking()
            .Where(r => r.Key == key)
            .OrderBy(r => r.EventTime).ThenBy(r => r.Identity).ThenBy(r => r.Time).ThenBy(r => r.Group)
            .Take(MaxReceipts)
            .ToListAsync(cancellationToken);
        return receipts.Count > 0 || await database.Orders.AnyAsync(o => o.OrderId == orderId, cancellationToken)
            ? TypedResults.Ok(
                new JourneyAnswer(orderId, [.. receipts.GroupBy(r => r.Identity).Select(Fact)], OrderLinks.Of(orderId, configuration)))
            : OrdersApi.Unknown();
    }

    private static JourneyFact Fact(IGrouping<Guid, Receipt> receipts)
    {
        var first = receipts.First();
        return new JourneyFact(first.EventId, first.Type, first.Topic, first.EventTime, [.. receipts.Select(Step)]);
    }

    private static JourneyStep Step(Receipt receipt) => new(
        receipt.Group,
        receipt.Outcome.ToString().ToLowerInvariant(),
        receipt.Attempts,
        receipt.Time,
        Math.Round((receipt.Time - receipt.EventTime).TotalMilliseconds, 1),
        Math.Round(receipt.Milliseconds, 1));
}
