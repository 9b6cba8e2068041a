using System.Text.Json;
using EventDriven.ServiceDefaults.Http.Failures;
using Microsoft.AspNetCore.Http.Features;

namespace Checkout.Api.Orders.Watching;

/// <summary>
/// Changes of state as server-sent events (WHATWG HTML). The framework's own result sends its headers with the first event only and has
/// no comments: a client that resumes would not know that it is connected, and a proxy would cut a stream that stays silent.
/// </summary>
/// <param name="steps">The changes; null when there was nothing new.</param>
internal sealed class OrderEventStream(IAsyncEnumerable<OrderStep?> steps) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache,no-store";
        httpContext.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
        try
        {
            await foreach (var step in steps.WithCancellation(httpContext.RequestAborted))
            {
                // A line that begins with a colon is a comment.
                await response.WriteAsync(step is null ? ":\n\n" : $"id: {step.Number}\ndata: {Data(step)}\n\n", httpContext.RequestAborted);
            }
        }
        catch (Exception exception) when (response.HasStarted && DatabaseFailures.CodeOf(exception) is not null)
        {
            // There is no other answer any more. An EventSource comes back, with Last-Event-ID, and is told then.
        }
    }

    private static string Data(OrderStep step) =>
        JsonSerializer.Serialize(new OrderStepAnswer(step.State, step.At, step.Reason), CheckoutJson.Default.OrderStepAnswer);
}
