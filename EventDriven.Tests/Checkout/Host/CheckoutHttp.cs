using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EventDriven.Identity;
using EventDriven.Tests.Authorization;

namespace EventDriven.Tests.Checkout.Host;

/// <summary>Checkout's HTTP API as a client uses it.</summary>
internal static class CheckoutHttp
{
    public static string NewKey() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString();

    public static Task<HttpResponseMessage> PlaceAsync(this HttpClient client, object body, string? key, string? prefer = null) =>
        client.PlaceAsync(JsonContent.Create(body, options: JsonSerializerOptions.Web), key, prefer);

    public static async Task<HttpResponseMessage> PlaceAsync(
        this HttpClient client, HttpContent content, string? key, string? prefer = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/orders") { Content = content };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (prefer is not null)
        {
            request.Headers.Add("Prefer", prefer);
        }

        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Places an order that is fine and returns its id.</summary>
    public static async Task<Guid> PlaceAsync(this HttpClient client, OrderBody? body = null)
    {
        using var answer = await client.PlaceAsync(body ?? new OrderBody(), NewKey());
        return (await answer.ReadAsync(HttpStatusCode.Created)).GetProperty("id").GetGuid();
    }

    public static async Task<JsonElement> GetOrderAsync(this HttpClient client, Guid id)
    {
        using var answer = await client.GetAsync($"/orders/{id}", TestContext.Current.CancellationToken);
        return await answer.ReadAsync(HttpStatusCode.OK);
    }

    /// <summary>Asks for a key, as a service that may read personal data does.</summary>
    public static Task<HttpResponseMessage> GetKeyAsync(this HttpClient client, Guid id) => client.SendAsync(
        new HttpRequestMessage(HttpMethod.Get, $"/keys/{id}").AsService(Audiences.Checkout, Scopes.KeysRead),
        TestContext.Current.CancellationToken);

    public static Task<HttpResponseMessage> CancelAsync(this HttpClient client, Guid id) =>
        client.PostAsync($"/orders/{id}/cancel", null, TestContext.Current.CancellationToken);

    /// <summary>The payment provider says that it captured money.</summary>
    public static Task<HttpResponseMessage> PayAsync(
        this HttpClient client, Guid id, string reference, decimal? amount, string? currency = "EUR") =>
        client.NotifyAsync(new { orderId = id, providerReference = reference, amount, currency });

    /// <summary>The same as a provider does: again when Checkout has too much to do to answer it.</summary>
    public static Task<HttpResponseMessage> PayInTheEndAsync(this HttpClient client, Guid id, string reference, decimal amount) =>
        Eventually.GetAsync(
            () => client.PayAsync(id, reference, amount), answer => answer.StatusCode != HttpStatusCode.ServiceUnavailable);

    /// <summary>The order takes the money.</summary>
    public static async Task PaidAsync(this HttpClient client, Guid id, string reference, decimal amount)
    {
        using var answer = await client.PayAsync(id, reference, amount);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>What the order says about its money.</summary>
    public static (decimal Paid, decimal Outstanding, decimal RefundDue, decimal Refunded) Payment(this JsonElement order)
    {
        var payment = order.GetProperty("payment");
        return (Of("paid"), Of("outstanding"), Of("refundDue"), Of("refunded"));

        decimal Of(string name) => payment.GetProperty(name).GetDecimal();
    }

    /// <summary>The body of an answer with this status.</summary>
    public static async Task<JsonElement> ReadAsync(this HttpResponseMessage answer, HttpStatusCode status)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == answer.StatusCode, $"{(int)answer.StatusCode} instead of {(int)status}: {text}");
        return JsonElement.Parse(text);
    }

    /// <summary>Checks that the answer is a problem document about these fields and no others.</summary>
    public static async Task<JsonElement> ReadProblemAsync(this HttpResponseMessage answer, HttpStatusCode status, params string[] fields)
    {
        var problem = await answer.ReadAsync(status);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.Equal(fields, problem.TryGetProperty("errors", out var errors) ? errors.EnumerateObject().Select(e => e.Name) : []);
        Assert.Equal(answer.Headers.GetValues("X-Correlation-ID").Single(), problem.GetProperty("correlationId").GetString());
        Assert.NotEqual("", problem.GetProperty("code").GetString());
        return problem;
    }

    /// <summary>The same of a problem whose code says it all.</summary>
    public static async Task<JsonElement> ReadProblemOfCodeAsync(
        this HttpResponseMessage answer, HttpStatusCode status, string code, params string[] fields)
    {
        var problem = await answer.ReadProblemAsync(status, fields);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        return problem;
    }

    public static string State(this JsonElement order) => order.GetProperty("state").GetString()!;

    public static IEnumerable<string> States(this JsonElement order) => order.GetProperty("history").EnumerateArray().Select(State);
}
