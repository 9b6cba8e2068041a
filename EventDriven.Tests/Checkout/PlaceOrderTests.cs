using System.Net;
using System.Text;
using EventDriven.Contracts;
using EventDriven.Tests.Checkout.Host;

namespace EventDriven.Tests.Checkout;

[Collection<CheckoutCollection>]
public class PlaceOrderTests(CheckoutFixture checkout)
{
    private HttpClient Client => checkout.App.Client;

    [Fact]
    public async Task Order_and_OrderPlaced_are_stored_together_and_the_answer_says_where()
    {
        var body = new OrderBody();
        using var answer = await Client.PlaceAsync(body, CheckoutHttp.NewKey());

        var order = await answer.ReadAsync(HttpStatusCode.Created);
        var id = order.GetProperty("id").GetGuid();
        Assert.Equal($"/orders/{id}", answer.Headers.Location?.ToString());
        Assert.Equal("Placed", order.State());
        Assert.Equal(13.80m, order.GetProperty("total").GetDecimal());
        Assert.Equal(body.CustomerId, order.GetProperty("customerId").GetGuid());
        Assert.DoesNotContain("ada@example.org", order.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(order.GetRawText(), (await Client.GetOrderAsync(id)).GetRawText());

        var placed = Assert.Single(await checkout.App.OutboxAsync(id));
        Assert.Equal((EventTypes.OrderPlaced, Topics.Orders.Name), (placed.Type, placed.Topic));
        Assert.Equal(order.GetProperty("history")[0].GetProperty("at").GetDateTimeOffset(), placed.Time);
    }

    [Fact]
    public async Task Semantic_errors_are_422_and_name_the_field()
    {
        var body = new OrderBody { Email = "nobody", Lines = new object[] { new { sku = "coffee", quantity = 3_000_000_000L } } };
        using var answer = await Client.PlaceAsync(body, CheckoutHttp.NewKey());

        await answer.ReadProblemAsync(HttpStatusCode.UnprocessableEntity, "email", "lines[0].quantity", "lines[0].sku");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("two words")]
    public async Task Without_a_good_key_it_is_400(string? key)
    {
        using var answer = await Client.PlaceAsync(new OrderBody(), key);

        await answer.ReadProblemAsync(HttpStatusCode.BadRequest, "Idempotency-Key");
    }

    [Theory]
    [InlineData("{\"customerId\":", "customerId")]
    [InlineData("not json", "body")]
    [InlineData("", "body")]
    [InlineData("null", "body")]
    [InlineData("[]", "body")]
    [InlineData("{\"lines\":[{\"sku\":\"tea-assam\",\"quantity\":\"2\"}]}", "lines[0].quantity")]
    [InlineData("{\"lines\":{}}", "lines")]
    [InlineData("{\"email\":7}", "email")]
    public async Task What_is_not_the_expected_JSON_is_400_and_names_the_place(string body, string field)
    {
        using var answer = await Client.PlaceAsync(new StringContent(body, Encoding.UTF8, "application/json"), CheckoutHttp.NewKey());

        await answer.ReadProblemAsync(HttpStatusCode.BadRequest, field);
    }

    [Fact]
    public async Task What_does_not_say_that_it_is_JSON_is_415()
    {
        using var answer = await Client.PlaceAsync(new StringContent("hello", Encoding.UTF8, "text/plain"), CheckoutHttp.NewKey());

        await answer.ReadProblemAsync(HttpStatusCode.UnsupportedMediaType, "Content-Type");
    }

    [Theory]
    [InlineData(64 * 1024, false, HttpStatusCode.Created)]
    [InlineData(63 * 1024, true, HttpStatusCode.Created)]
    [InlineData((64 * 1024) + 1, false, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData((64 * 1024) + 1, true, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_body_over_64_KiB_is_413_with_its_length_announced_or_not(int bytes, bool chunked, HttpStatusCode status)
    {
        const string Order =
            """
            {
              "customerId": "0190a1b2-0000-7000-8000-000000000001", "email": "ada@example.org", "currency": "EUR",
              "lines": [{ "sku": "mug-blue", "quantity": 1 }]
            }
            """;
        using var content = new StringContent(Order.PadRight(bytes), Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/orders")
        {
            Content = content,
            Headers = { { "Idempotency-Key", CheckoutHttp.NewKey() }, { "Expect", "100-continue" } },
        };
        request.Headers.TransferEncodingChunked = chunked;
        using var answer = await Client.SendAsync(request, TestContext.Current.CancellationToken);

        if (status == HttpStatusCode.Created)
        {
            await answer.ReadAsync(status);
        }
        else
        {
            await answer.ReadProblemAsync(status, "body");
        }
    }

    [Fact]
    public async Task Correlation_id_of_the_request_goes_into_the_event()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/orders")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new OrderBody(), options: System.Text.Json.JsonSerializerOptions.Web),
            Headers = { { "Idempotency-Key", CheckoutHttp.NewKey() }, { "X-Correlation-ID", "journey-42" } },
        };
        using var answer = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        var order = await answer.ReadAsync(HttpStatusCode.Created);

        var placed = Assert.Single(await checkout.App.OutboxAsync(order.GetProperty("id").GetGuid()));
        Assert.Equal("journey-42", placed.CorrelationId);
        Assert.Equal("journey-42", answer.Headers.GetValues("X-Correlation-ID").Single());
    }

    [Fact]
    public async Task Trace_of_the_request_goes_into_the_event_although_nobody_collects_spans()
    {
        const string TraceId = "0af7651916cd43dd8448eb211c80319c";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/orders")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new OrderBody(), options: System.Text.Json.JsonSerializerOptions.Web),
            Headers = { { "Idempotency-Key", CheckoutHttp.NewKey() }, { "traceparent", $"00-{TraceId}-b7ad6b7169203331-01" } },
        };
        using var answer = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        var order = await answer.ReadAsync(HttpStatusCode.Created);

        var placed = Assert.Single(await checkout.App.OutboxAsync(order.GetProperty("id").GetGuid()));
        Assert.StartsWith($"00-{TraceId}-", placed.TraceParent, StringComparison.Ordinal);
        Assert.EndsWith("-01", placed.TraceParent, StringComparison.Ordinal);
    }
}
