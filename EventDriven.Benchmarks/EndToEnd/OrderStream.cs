using System.Diagnostics;
using System.Net;
using EventDriven.Benchmarks.Checkout;

namespace EventDriven.Benchmarks.EndToEnd;

/// <summary>
/// An open loop: orders are placed at a steady rate, whatever becomes of those before, and time counts from when an order should have been
/// sent. A system that falls behind can't slow its own measurement down.
/// </summary>
internal sealed class OrderStream(Uri checkout, IReadOnlyList<StoredWatch> watches) : IDisposable
{
    private readonly HttpClient _http = new();
    private readonly Uri _url = new(checkout, "/orders");

    /// <summary>Places so many orders, so many a second.</summary>
    /// <returns>When each should have been sent, and when it was answered; timestamps of <see cref="Stopwatch"/>.</returns>
    public async Task<(long[] Due, long[] Answered)> RunAsync(int perSecond, int orders, CancellationToken cancellationToken)
    {
        var due = new long[orders];
        var answered = new long[orders];
        var placing = new Task[orders];
        var begun = Stopwatch.GetTimestamp();
        for (var order = 0; order < orders; order++)
        {
            due[order] = begun + (order * Stopwatch.Frequency / perSecond);
            if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due[order]) is { Ticks: > 0 } early)
            {
                await Task.Delay(early, TimeProvider.System, cancellationToken);
            }

            placing[order] = PlaceAsync(order, answered, cancellationToken);
        }

        await Task.WhenAll(placing);
        return (due, answered);
    }

    public void Dispose() => _http.Dispose();

    private async Task PlaceAsync(int order, long[] answered, CancellationToken cancellationToken)
    {
        using var request = OrderBody.NewRequest(_url);
        using var answer = await _http.SendAsync(request, cancellationToken);
        answered[order] = Stopwatch.GetTimestamp();
        if (answer is not { StatusCode: HttpStatusCode.Created, Headers.Location: { } location })
        {
            throw new InvalidOperationException($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        }

        var id = Guid.Parse(location.OriginalString.AsSpan("/orders/".Length));
        foreach (var watch in watches)
        {
            watch.Expect(id, order);
        }
    }
}
