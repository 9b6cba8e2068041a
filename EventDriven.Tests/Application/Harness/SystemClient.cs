using System.Net;
using System.Net.Http.Json;
using EventDriven.AppHost.Payments;
using EventDriven.Tests.Checkout.Host;

namespace EventDriven.Tests.Application.Harness;

/// <summary>What the tests do to the application, by its HTTP APIs.</summary>
internal sealed class SystemClient(SystemUnderTest system)
{
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);

    // Generous: a group may first have to notice that an instance is gone.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(90);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Sends the order; the caller looks at the answer.</summary>
    public async Task<HttpResponseMessage> SendAsync(OrderRequest order)
    {
        using var request = order.ToHttp();
        return await system.Http(order.Instance).SendAsync(request, Token);
    }

    /// <summary>Places an order that must be accepted.</summary>
    public async Task<OrderView> PlaceAsync(OrderRequest? order = null)
    {
        using var response = await SendAsync(order ?? new OrderRequest());
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<OrderView>(Token))!;
    }

    /// <summary>Places many orders, some at a time.</summary>
    public async Task<List<OrderView>> PlaceManyAsync(IEnumerable<OrderRequest> orders)
    {
        var placed = new List<OrderView>();
        foreach (var some in orders.Chunk(8))
        {
            placed.AddRange(await Task.WhenAll(some.Select(PlaceAsync)));
        }

        return placed;
    }

    public async Task<OrderView> OrderAsync(Guid id, string instance = "checkout") =>
        (await system.Http(instance).GetFromJsonAsync<OrderView>($"/orders/{id}", Token))!;

    /// <summary>Waits until the order is in the state.</summary>
    public Task<OrderView> ReachesAsync(Guid id, string state) =>
        Eventually.GetAsync(() => OrderAsync(id), order => order.State == state, Bound);

    public async Task ReachAsync(IEnumerable<OrderView> orders, string state)
    {
        foreach (var order in orders)
        {
            await ReachesAsync(order.Id, state);
        }
    }

    public async Task<List<MessageView>> MessagesAsync(Guid orderId) =>
        (await GetAsync<MessagesView>("notifications", $"/messages?orderId={orderId}")).Items;

    /// <summary>Signs a customer up.</summary>
    public async Task<Guid> SignUpAsync(string email, string name)
    {
        using var response = await system.Http("checkout").PostAsJsonAsync("/customers", new { email, name }, Token);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<SignUpView>(Token))!.Id;
    }

    /// <summary>Waits until the messages about an order or a customer are these kinds in these states.</summary>
    public Task<List<MessageView>> MessagesAreAsync(string about, params (string Kind, string State)[] expected) => Eventually.GetAsync(
        async () => (await GetAsync<MessagesView>("notifications", $"/messages?{about}")).Items,
        messages => messages.Select(m => (m.Kind, m.State)).Order().SequenceEqual(expected.Order()),
        Bound);

    /// <summary>Waits until the messages of these kinds are sent, and no other is there.</summary>
    public Task<List<MessageView>> AreSentAsync(Guid orderId, params string[] kinds) => Eventually.GetAsync(
        () => MessagesAsync(orderId),
        messages => messages.TrueForAll(m => m.State == "Sent") && messages.Select(m => m.Kind).Order().SequenceEqual(kinds.Order()),
        Bound);

    /// <summary>Quantity by SKU, of the SKUs most often ordered.</summary>
    public async Task<Dictionary<string, int>> TopSkusAsync() =>
        (await GetAsync<List<SkuView>>("analytics", "/analytics/top-skus?limit=100"))
            .ToDictionary(s => s.Sku, s => s.Quantity, StringComparer.Ordinal);

    public async Task<string?> AnalyticsStateAsync(Guid orderId)
    {
        using var response = await system.Http("analytics").GetAsync($"/analytics/orders/{orderId}", Token);
        return response.StatusCode == HttpStatusCode.NotFound
            ? null
            : (await response.Content.ReadFromJsonAsync<AnalyticsView>(Token))!.State;
    }

    /// <summary>What Analytics knows of the order's money.</summary>
    public async Task<(decimal Paid, decimal Refunded)> AnalyticsMoneyAsync(Guid orderId)
    {
        var order = await GetAsync<AnalyticsView>("analytics", $"/analytics/orders/{orderId}");
        return (order.Paid, order.Refunded);
    }

    /// <summary>Waits until Analytics shows each of these orders in the state.</summary>
    public async Task AnalyticsShowsAsync(IEnumerable<OrderView> orders, string state)
    {
        foreach (var order in orders)
        {
            await Eventually.GetAsync(() => AnalyticsStateAsync(order.Id), seen => seen == state, Bound);
        }
    }

    public async Task SetStockAsync(string sku, int available)
    {
        using var response = await system.Http("inventory").PutAsJsonAsync($"/stock/{sku}", new { available }, Token);
        response.EnsureSuccessStatusCode();
    }

    public Task<StockView> StockAsync(string sku) => GetAsync<StockView>("inventory", $"/stock/{sku}");

    public async Task<HttpStatusCode> CancelAsync(Guid orderId)
    {
        using var response = await system.Http("checkout").PostAsync($"/orders/{orderId}/cancel", content: null, Token);
        return response.StatusCode;
    }

    /// <summary>Tells Checkout what the payment provider has to say, signed.</summary>
    public Task<HttpResponseMessage> NotifyAsync(object notice) =>
        system.Http("checkout").NotifyAsync(notice, signer: new WebhookSigner([system.WebhookSecret], TimeProvider.System));

    private async Task<T> GetAsync<T>(string service, string path) => (await system.Http(service).GetFromJsonAsync<T>(path, Token))!;

    private sealed record SignUpView(Guid Id);

    private sealed record MessagesView(List<MessageView> Items);

    private sealed record SkuView(string Sku, int Quantity);

    private sealed record AnalyticsView(string State, decimal Paid, decimal Refunded);
}
