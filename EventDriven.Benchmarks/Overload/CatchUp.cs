using System.Net;
using System.Net.Http.Json;
using EventDriven.Benchmarks.Checkout;
using EventDriven.Benchmarks.Harness;
using EventDriven.Messaging.Lag;

namespace EventDriven.Benchmarks.Overload;

/// <summary>Waits until an application has handled all that it has accepted.</summary>
internal sealed class CatchUp(RunningApplication application) : IDisposable
{
    /// <summary>Longest wait.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromMinutes(20);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http = application.NewClient();
    private readonly StoredOrders _orders = new(application.ConnectionString("checkoutdb"), "orders");

    /// <summary>Returns when every order is decided, every outbox that decides one is empty and no group has an event left.</summary>
    /// <exception cref="TimeoutException">That took too long.</exception>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(Bound);
        try
        {
            while (await _orders.CountAsync("orders WHERE state = 'Placed'", bound.Token) > 0
                || await _orders.CountAsync("messaging.outbox", bound.Token) > 0
                || await IsBehindAsync(bound.Token))
            {
                await Task.Delay(Interval, TimeProvider.System, bound.Token);
            }
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Not all that was accepted was handled within {Bound.TotalMinutes:N0} min.", exception);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<bool> IsBehindAsync(CancellationToken cancellationToken)
    {
        foreach (var service in application.Services)
        {
            using var answer = await _http.GetAsync(new Uri(application.Url(service), "/lag"), cancellationToken);

            // One that consumes nothing has none; one whose database is busy doesn't know it now.
            if (answer.StatusCode is HttpStatusCode.NotFound)
            {
                continue;
            }

            if (!answer.IsSuccessStatusCode
                || (await answer.Content.ReadFromJsonAsync<LagAnswer[]>(cancellationToken))!.Any(group => group.Events > 0))
            {
                return true;
            }
        }

        return false;
    }
}
