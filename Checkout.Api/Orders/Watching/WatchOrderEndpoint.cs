using System.Globalization;
using Checkout.Api.Callers;
using EventDriven.ServiceDefaults.Http;
using EventDriven.ServiceDefaults.Http.Overload;
using EventDriven.ServiceDefaults.Http.Reference;
using Microsoft.AspNetCore.Mvc;

namespace Checkout.Api.Orders.Watching;

/// <summary><c>GET /orders/{id}/events</c>.</summary>
internal static class WatchOrderEndpoint
{
    private const string LastEventId = "Last-Event-ID";

    public static void MapWatchOrder(this RouteGroupBuilder orders) => orders.MapGet("/{id:guid}/events", HandleAsync)
        .WithName("WatchOrder")
        .WithSummary("The order's changes of state as server-sent events, until it is confirmed, rejected or cancelled.")
        .WithDescription(
            "The id of an event is its place in the order's history; `Last-Event-ID` resumes after it. When nothing can follow any more, " +
            "the answer is 204, which tells an EventSource not to come back.")
        .Produces<OrderStepAnswer>(StatusCodes.Status200OK, "text/event-stream")
        .ProducesProblems(400, 404, 429, 503)
        .WithExample(OrderExamples.NewestAsync)
        .DisableRequestTimeout();

    private static async Task<IResult> HandleAsync(
        Guid id, [FromHeader(Name = LastEventId)] string? lastEventId, HttpContext http, OrderWatch watch, LongRequests longRequests,
        CancellationToken cancellationToken)
    {
        var after = 0;
        if (!string.IsNullOrEmpty(lastEventId) && !int.TryParse(lastEventId, NumberStyles.None, CultureInfo.InvariantCulture, out after))
        {
            return Problems.BadRequest(LastEventId, "Must be the id of an event of this stream.");
        }

        if (await watch.LastStepAsync(id, Caller.Of(http.User), cancellationToken) is not { } last)
        {
            return OrderProblems.Unknown(id);
        }

        var isOver = last.State.IsEnd() && last.Number <= after;
        if (!isOver && longRequests.Begin(http) is { } refusal)
        {
            return refusal;
        }

        http.Response.Headers.Append("Link", $"</orders/{id}>; rel=\"up\"");
        return isOver ? TypedResults.NoContent() : new OrderEventStream(watch.FollowAsync(id, after, cancellationToken));
    }
}
