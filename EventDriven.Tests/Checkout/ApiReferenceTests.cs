using System.Net;
using EventDriven.Tests.Checkout.Host;

namespace EventDriven.Tests.Checkout;

[Collection<CheckoutCollection>]
public class ApiReferenceTests(CheckoutFixture checkout)
{
    private HttpClient Client => checkout.App.Client;

    [Fact]
    public async Task OpenAPI_document_describes_every_call_with_its_errors()
    {
        using var answer = await Client.GetAsync("/openapi/v1.json", TestContext.Current.CancellationToken);
        var document = await answer.ReadAsync(HttpStatusCode.OK);
        var paths = document.GetProperty("paths");

        var calls = paths.EnumerateObject().SelectMany(p => p.Value.EnumerateObject().Select(o => $"{o.Name} {p.Name}"));
        Assert.Equal(
            [
                "delete /customers/{id}",
                "get /contracts", "get /contracts/{topic}/{file}",
                "get /keys/{id}",
                "get /orders", "get /orders/{id}", "get /orders/{id}/events", "get /products", "post /customers", "post /orders",
                "post /orders/{id}/cancel",
                "post /payments/webhook",
            ],
            calls.Order(StringComparer.Ordinal));
        Assert.All(
            paths.EnumerateObject().SelectMany(p => p.Value.EnumerateObject()),
            call => Assert.True(
                call.Value.GetProperty("responses").TryGetProperty("503", out _)
                && call.Value.GetProperty("responses").TryGetProperty("429", out _)));
        var place = paths.GetProperty("/orders").GetProperty("post");
        Assert.Equal(
            ["201", "400", "401", "403", "409", "413", "415", "422", "429", "503"],
            place.GetProperty("responses").EnumerateObject().Select(r => r.Name).Order(StringComparer.Ordinal));
        Assert.Contains(
            place.GetProperty("parameters").EnumerateArray(),
            p => p.GetProperty("name").GetString() == "Idempotency-Key" && p.GetProperty("required").GetBoolean());
        Assert.Equal(
            ["customerId", "email", "currency", "lines"],
            document.GetProperty("components").GetProperty("schemas").GetProperty("PlaceOrderRequest")
                .GetProperty("required").EnumerateArray()
                .Select(r => r.GetString()));
    }

    [Fact]
    public async Task OpenAPI_document_says_that_the_webhook_is_signed()
    {
        using var answer = await Client.GetAsync("/openapi/v1.json", TestContext.Current.CancellationToken);
        var document = await answer.ReadAsync(HttpStatusCode.OK);
        var webhook = document.GetProperty("paths").GetProperty("/payments/webhook").GetProperty("post");

        Assert.Equal(
            ["200", "400", "401", "404", "409", "422", "429", "503"],
            webhook.GetProperty("responses").EnumerateObject().Select(r => r.Name).Order(StringComparer.Ordinal));
        Assert.Equal(
            [("webhook-id", "header", true), ("webhook-timestamp", "header", true), ("webhook-signature", "header", true)],
            webhook.GetProperty("parameters").EnumerateArray().Select(
                p => (p.GetProperty("name").GetString()!, p.GetProperty("in").GetString()!, p.GetProperty("required").GetBoolean())));
    }

    [Fact]
    public async Task Reference_page_needs_nothing_from_elsewhere()
    {
        var page = await Client.GetStringAsync(new Uri("/scalar/", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Contains("openapi/v1.json", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
    }
}
