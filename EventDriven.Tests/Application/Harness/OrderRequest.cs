using System.Net.Http.Json;

namespace EventDriven.Tests.Application.Harness;

/// <summary>An order that is valid as it stands; a test changes what it is about.</summary>
internal sealed record OrderRequest
{
    public string Key { get; init; } = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString();

    public string Sku { get; init; } = "tea-sencha";

    public int Quantity { get; init; } = 1;

    /// <summary>Somebody new, unless told.</summary>
    public Guid? CustomerId { get; init; }

    public string Email { get; init; } = "customer@example.org";

    public string? Reservation { get; init; }

    public string? CorrelationId { get; init; }

    public string? TraceParent { get; init; }

    /// <summary>Which instance of Checkout takes it.</summary>
    public string Instance { get; init; } = "checkout";

    public HttpRequestMessage ToHttp()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/orders")
        {
            Content = JsonContent.Create(new
            {
                customerId = CustomerId ?? Guid.CreateVersion7(TimeProvider.System.GetUtcNow()),
                email = Email,
                currency = "EUR",
                lines = new[] { new { sku = Sku, quantity = Quantity } },
                reservation = Reservation,
            }),
        };
        request.Headers.Add("Idempotency-Key", Key);
        if (CorrelationId is not null)
        {
            request.Headers.Add("X-Correlation-ID", CorrelationId);
        }

        if (TraceParent is not null)
        {
            request.Headers.Add("traceparent", TraceParent);
        }

        return request;
    }
}
