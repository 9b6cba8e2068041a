using System.Net.Http.Headers;
using System.Text;

namespace EventDriven.Benchmarks.Checkout;

/// <summary>A <c>POST /orders</c> with three lines.</summary>
internal static class OrderBody
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <summary>SKUs of the lines.</summary>
    public static IReadOnlyList<string> Skus { get; } = ["tea-earl-grey", "mug-blue", "kettle-steel"];

    /// <summary>A request with an idempotency key and a customer of its own.</summary>
    public static HttpRequestMessage NewRequest(Uri url)
    {
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString();
        var body =
            $$"""
            {"customerId":"{{id}}","email":"someone@shop.example","currency":"EUR",
            "lines":[{"sku":"{{Skus[0]}}","quantity":2},{"sku":"{{Skus[1]}}","quantity":1},{"sku":"{{Skus[2]}}","quantity":1}]}
            """;
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = Json;
        request.Headers.Add("Idempotency-Key", id);
        return request;
    }
}
