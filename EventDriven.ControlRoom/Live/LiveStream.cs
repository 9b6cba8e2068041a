using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using EventDriven.ServiceDefaults.Http.Overload;

namespace EventDriven.ControlRoom.Live;

/// <summary>
/// The changes of a page as server-sent events (WHATWG HTML): each is the new HTML of the page's part with that name, made by the component
/// that made it in the page.
/// </summary>
internal static class LiveStream
{
    // Then the browser comes back by itself, and shows that its session still holds.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan ReconnectAfter = TimeSpan.FromSeconds(1);

    /// <summary>Answers with a stream, or refuses when there are too many.</summary>
    /// <param name="http">The request.</param>
    /// <param name="longRequests">Bounds the streams.</param>
    /// <param name="part">Name of the part of the page.</param>
    /// <param name="fragments">Its HTML, each time it has changed.</param>
    public static IResult Of(
        HttpContext http, LongRequests longRequests, string part, Func<CancellationToken, IAsyncEnumerable<string>> fragments)
    {
        if (longRequests.Begin(http) is { } refusal)
        {
            return refusal;
        }

        http.Response.Headers.CacheControl = "no-cache,no-store";
        return TypedResults.ServerSentEvents(EventsAsync(part, fragments, http.RequestAborted));
    }

    private static async IAsyncEnumerable<SseItem<string>> EventsAsync(
        string part,
        Func<CancellationToken, IAsyncEnumerable<string>> fragments,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(Lifetime);
        await foreach (var html in fragments(bounded.Token))
        {
            yield return new SseItem<string>(html, part) { ReconnectionInterval = ReconnectAfter };
        }
    }
}
