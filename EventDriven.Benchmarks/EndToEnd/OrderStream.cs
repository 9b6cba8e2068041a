using System.Diagnostics;
using System.Net;
using EventDriven.Benchmarks.Checkout;
using EventDriven.Benchmarks.Harness;
using EventDriven.Benchmarks.Harness.Contestants;

namespace EventDriven.Benchmarks.EndToEnd;

/// <summary>Orders in an open loop: at a steady rate, whatever becomes of those before.</summary>
internal sealed class OrderStream(RunningApplication application, IReadOnlyList<StoredWatch> watches) : IDisposable
{
    private readonly HttpClient _http = application.NewClient();
    private readonly Uri _url = new(application.Url("checkout"), "/orders");

    /// <summary>Places so many orders, so many a second.</summary>
    /// <returns>When each should have been sent, and when it was answered; timestamps of <see cref="Stopwatch"/>.</returns>
    public async Task<(long[] Due, long[] Answered)> RunAsync(int perSecond, int orders, CancellationToken cancellationToken)
    {
        var due = new long[orders];
        var answered = new long[orders];
        await OpenLoop.RunAsync(
            orders,
            perSecond,
            (order, at) =>
            {
                due[order] = at;
                return PlaceAsync(order, answered, cancellationToken);
            },
            cancellationToken);
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
