using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using EventDriven.AppHost.Payments;

namespace EventDriven.AppHost.Demo;

/// <summary>The demo's HTTP calls.</summary>
internal sealed class DemoClient(DemoAddresses addresses, WebhookSigner provider, HttpClient http)
{
    private const int Attempts = 10;

    public Task SetStockAsync(string sku, int available, CancellationToken cancellationToken) =>
        SendAsync<object>(HttpMethod.Put, new Uri(addresses.Inventory, $"/stock/{sku}"), new { available }, null, cancellationToken);

    public async Task SignUpAsync(CancellationToken cancellationToken) => await SendAsync<object>(
        HttpMethod.Post,
        new Uri(addresses.Checkout, "/customers"),
        new { email = $"demo-{NewId():N}@example.com", name = "Demo" },
        null,
        cancellationToken);

    public async Task PlaceAsync(DemoOrder order, CancellationToken cancellationToken)
    {
        order.PostedAt = TimeProvider.System.GetUtcNow();
        order.Answer = await SendAsync<OrderAnswer>(
            HttpMethod.Post,
            new Uri(addresses.Checkout, "/orders"),
            new
            {
                customerId = NewId(),
                email = "demo@example.com",
                currency = order.Currency,
                lines = order.Lines,
                reservation = order.Kind == DemoKind.Immediate ? "immediate" : "eventual",
            },
            order,
            cancellationToken);
    }

    public async Task CancelAsync(DemoOrder order, CancellationToken cancellationToken) =>
        await SendAsync<object>(
            HttpMethod.Post, new Uri(addresses.Checkout, $"/orders/{Id(order)}/cancel"), null, order, cancellationToken);

    /// <summary>Pays, as the payment provider tells it: the request is signed.</summary>
    public async Task PayAsync(DemoOrder order, CancellationToken cancellationToken) => await SendAsync<object>(
        HttpMethod.Post,
        new Uri(addresses.Checkout, "/payments/webhook"),
        new { orderId = Id(order), providerReference = $"demo-{Id(order):N}", amount = order.Answer!.Total, currency = order.Currency },
        order,
        cancellationToken,
        provider);

    public async Task<OrderAnswer> OrderAsync(DemoOrder order, CancellationToken cancellationToken) =>
        (await http.GetFromJsonAsync<OrderAnswer>(new Uri(addresses.Checkout, $"/orders/{Id(order)}"), cancellationToken))!;

    public async Task<IReadOnlyList<MessageAnswer>> MessagesAsync(DemoOrder order, CancellationToken cancellationToken) =>
        (await http.GetFromJsonAsync<MessagesAnswer>(
            new Uri(addresses.Notifications, $"/messages?orderId={Id(order)}"), cancellationToken))!.Items;

    /// <summary>Null while Inventory knows of none.</summary>
    public Task<ReservationAnswer?> ReservationAsync(DemoOrder order, CancellationToken cancellationToken) =>
        FindAsync<ReservationAnswer>(new Uri(addresses.Inventory, $"/reservations/{Id(order)}"), cancellationToken);

    /// <summary>Null while Analytics doesn't know the order.</summary>
    public Task<FiguresAnswer?> FiguresAsync(DemoOrder order, CancellationToken cancellationToken) =>
        FindAsync<FiguresAnswer>(new Uri(addresses.Analytics, $"/analytics/orders/{Id(order)}"), cancellationToken);

    private async Task<T?> FindAsync<T>(Uri uri, CancellationToken cancellationToken)
        where T : class
    {
        using var response = await http.GetAsync(uri, cancellationToken);
        return response.StatusCode == HttpStatusCode.NotFound ? null : await ReadAsync<T>(response, cancellationToken);
    }

    /// <summary>
    /// Repeats a request while the answer asks to retry later. The idempotency key stays the same, so nothing is ordered twice.
    /// </summary>
    private async Task<T?> SendAsync<T>(
        HttpMethod method, Uri uri, object? body, DemoOrder? order, CancellationToken cancellationToken, WebhookSigner? signer = null)
        where T : class
    {
        var idempotencyKey = NewId().ToString();
        for (var attempt = 1; ; attempt++)
        {
            using var response = await SendOnceAsync(method, uri, body, order, idempotencyKey, signer, cancellationToken);
            if (response.StatusCode != HttpStatusCode.ServiceUnavailable || response.Headers.RetryAfter?.Delta is not { } later
                || attempt == Attempts)
            {
                return await ReadAsync<T>(response, cancellationToken);
            }

            await Task.Delay(later, TimeProvider.System, cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(
        HttpMethod method, Uri uri, object? body, DemoOrder? order, string idempotencyKey, WebhookSigner? signer,
        CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, uri) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", idempotencyKey);
        if (order is not null)
        {
            // The trace begins here (W3C Trace Context), so its id is known in advance.
            request.Headers.Add("traceparent", $"00-{order.TraceId}-{ActivitySpanId.CreateRandom()}-01");
        }

        if (signer is not null)
        {
            await signer.SignAsync(request, $"msg_{idempotencyKey}", cancellationToken);
        }

        return await http.SendAsync(request, cancellationToken);
    }

    /// <exception cref="HttpRequestException">The answer is an error; the message includes its text.</exception>
    private static async Task<T?> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
        where T : class
    {
        if (!response.IsSuccessStatusCode)
        {
            var problem = await response.Content.ReadAsStringAsync(cancellationToken);
            var request = response.RequestMessage!;
            throw new HttpRequestException(
                $"{request.Method} {request.RequestUri} was answered with {(int)response.StatusCode}: {problem}");
        }

        return response.Content.Headers.ContentLength == 0 || response.StatusCode == HttpStatusCode.NoContent
            ? null
            : await response.Content.ReadFromJsonAsync<T>(cancellationToken);
    }

    private static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    private static Guid Id(DemoOrder order) => order.Answer?.Id ?? throw new InvalidOperationException("The order has not been placed.");
}
