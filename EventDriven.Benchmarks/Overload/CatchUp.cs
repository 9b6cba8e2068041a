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

    private const string Outbox = "messaging.outbox";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http = application.NewClient();
    private readonly StoredOrders _checkout = new(application.ConnectionString("checkoutdb"), "orders");
    private readonly StoredOrders _inventory = new(application.ConnectionString("inventorydb"), "reservations");

    /// <summary>Returns when every order is decided, the outboxes are empty and no group has an event left.</summary>
    /// <exception cref="TimeoutException">That took too long.</exception>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(Bound);
        try
        {
            while (await _checkout.CountAsync("orders WHERE state = 'Placed'", bound.Token) > 0
                || await _checkout.CountAsync(Outbox, bound.Token) > 0
                || await _inventory.CountAsync(Outbox, bound.Token) > 0
                || await IsBehindAsync(bound.Token))
            {
                await Task.Delay(Interval, TimeProvider.System, bound.Token);
            }
        }
        catch (OperationCanceledException exception)
            when (bound.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Not all that was accepted was handled within {Bound.TotalMinutes:N0} min.", exception);
        }
    }

    /// <summary>How many orders are stored.</summary>
    public Task<long> OrdersAsync(CancellationToken cancellationToken) => _checkout.CountAsync("orders", cancellationToken);

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
