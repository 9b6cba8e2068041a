using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using EventDriven.Benchmarks.Harness.Contestants;

namespace EventDriven.Benchmarks.Checkout;

/// <summary>A closed loop: each connection places its next order when the one before was answered.</summary>
/// <param name="token">The caller's token; null for none.</param>
internal sealed class OrderLoad(string? token = null) : IDisposable
{
    private const int Connections = 32;

    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = Connections })
    {
        DefaultRequestHeaders = { Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token) },
    };

    /// <summary>Places orders and measures the server's process. Every answer must be 201.</summary>
    public async Task<Measurement> RunAsync(Uri server, Process process, int orders, CancellationToken cancellationToken)
    {
        var url = new Uri(server, "/orders");
        var latencies = new double[orders];
        var next = -1;
        var meter = new Meter(process);
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(PlaceAsync, cancellationToken)));
        return meter.Stop(orders, latencies);

        async Task PlaceAsync()
        {
            while (Interlocked.Increment(ref next) is var order && order < orders)
            {
                using var request = OrderBody.NewRequest(url);
                var started = Stopwatch.GetTimestamp();
                using var answer = await _http.SendAsync(request, cancellationToken);
                latencies[order] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                if (answer.StatusCode != HttpStatusCode.Created)
                {
                    throw new InvalidOperationException(
                        $"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
                }
            }
        }
    }

    public void Dispose() => _http.Dispose();
}
