using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using EventDriven.Identity;
using EventDriven.Messaging.Operations;

namespace EventDriven.ControlRoom.TryIt;

/// <summary>Places orders by Checkout's HTTP API, as a shop does, with a token of the development issuer.</summary>
internal sealed class ShopClient(SystemAddresses servers, IConfiguration configuration, TimeProvider time) : IDisposable
{
    private const string Checkout = "checkout";
    private const string Shop = "try-it";
    private const string Currency = "EUR";
    private const int MostPieces = 3;
    private const int MostLines = 3;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http = new() { Timeout = Timeout };

    /// <summary>Places an order of some products.</summary>
    /// <exception cref="HttpRequestException">Checkout refuses, or does not answer. The message says what to do.</exception>
    public async Task<PlacedOrder> PlaceAsync(IReadOnlyList<string> skus, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        using var request = Request(HttpMethod.Post, "/orders");
        request.Headers.Add("Idempotency-Key", NewId().ToString());
        request.Content = JsonContent.Create(new
        {
            customerId = NewId(),
            email = "somebody@example.com",
            currency = Currency,
            lines = Random.Shared.GetItems([.. skus], Random.Shared.Next(1, MostLines + 1)).Distinct(StringComparer.Ordinal)
                .Select(sku => new { sku, quantity = Random.Shared.Next(1, MostPieces + 1) }),
        });
        var order = await SendAsync<OrderAnswer>(request, cancellationToken);
        return new PlacedOrder(
            order.Id,
            string.Create(CultureInfo.InvariantCulture, $"{order.Total:N2} {Currency}"),
            time.GetUtcNow(),
            time.GetElapsedTime(begun).TotalMilliseconds);
    }

    /// <summary>What is sold.</summary>
    /// <exception cref="HttpRequestException">Checkout refuses, or does not answer. The message says what to do.</exception>
    public async Task<IReadOnlyList<string>> SkusAsync(CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, "/products");
        return [.. (await SendAsync<ProductPage>(request, cancellationToken)).Items.Select(product => product.Sku)];
    }

    public void Dispose() => _http.Dispose();

    private Guid NewId() => Guid.CreateVersion7(time.GetUtcNow());

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var checkout = servers.Services.FirstOrDefault(service => service.Name == Checkout)
            ?? throw new HttpRequestException("The address of Checkout is missing: set services__checkout__http__0.");
        var key = configuration[DevelopmentIssuer.KeySetting]
            ?? throw new HttpRequestException("There is no development issuer here, so no token for Checkout. The AppHost sets one.");
        var request = new HttpRequestMessage(method, new Uri(checkout.Address, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", new DevelopmentIssuer(key, time).Issue(
            new TokenRequest(Shop) { Scopes = [Scopes.OrdersWrite], Lifetime = TimeSpan.FromMinutes(1) }));
        return request;
    }

    private async Task<T> SendAsync<T>(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.SendAsync(request, cancellationToken);
            return answer.IsSuccessStatusCode
                ? await answer.Content.ReadFromJsonAsync<T>(cancellationToken) ?? throw new JsonException("It is null.")
                : throw new HttpRequestException($"Checkout answers {(int)answer.StatusCode} {answer.ReasonPhrase}.");
        }
        catch (JsonException exception)
        {
            throw new HttpRequestException($"Checkout answers something else than an order: {exception.Message}", exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException($"Checkout does not answer within {Timeout.TotalSeconds} s.", exception);
        }
    }

    private sealed record OrderAnswer(Guid Id, decimal Total);

    private sealed record ProductPage(IReadOnlyList<Product> Items);

    private sealed record Product(string Sku);
}
