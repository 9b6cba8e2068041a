using System.Text.Json;
using EventDriven.ServiceDefaults.Http.Failures;
using Microsoft.AspNetCore.Http.Features;

namespace Checkout.Api.Orders.Watching;

/// <summary>
/// Changes of state as server-sent events (WHATWG HTML). The framework's own result sends headers only with the first event and has no
/// comments. A client that resumes would not know that it is connected, and a proxy would cut a silent stream.
/// </summary>
/// <remarks>The first line tells the client when to come back after the stream's end: at random, so that not all come at once.</remarks>
/// <param name="steps">The changes; null if there was nothing new.</param>
internal sealed class OrderEventStream(IAsyncEnumerable<OrderStep?> steps) : IResult
{
    private const int SoonestMs = 1_000;
    private const int LatestMs = 6_000;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache,no-store";
        httpContext.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
        try
        {
            await response.WriteAsync($"retry: {Random.Shared.Next(SoonestMs, LatestMs)}\n\n", httpContext.RequestAborted);
            await foreach (var step in steps.WithCancellation(httpContext.RequestAborted))
            {
                // A line that begins with a colon is a comment.
                await response.WriteAsync(
                    step is null ? ":\n\n" : $"id: {step.Number}\ndata: {Data(step)}\n\n", httpContext.RequestAborted);
            }
        }
        catch (Exception exception) when (response.HasStarted && DatabaseFailures.CodeOf(exception) is not null)
        {
            // The headers are sent, so no other answer is possible. An EventSource reconnects with Last-Event-ID and gets the error then.
        }
    }

    private static string Data(OrderStep step) =>
        JsonSerializer.Serialize(new OrderStepAnswer(step.State, step.At, step.Reason), CheckoutJson.Default.OrderStepAnswer);
}
