using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using EventDriven.ControlRoom.Servers;
using EventDriven.Messaging.Operations.Services;

namespace EventDriven.ControlRoom.Figures.Business;

/// <summary>Asks Analytics by HTTP what any client may ask that has the scope <c>analytics:read</c>.</summary>
internal sealed class AnalyticsReader(ServiceInstances instances, TimeProvider time) : IDisposable
{
    private const string Analytics = "analytics";
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>The figures, or why there are none.</summary>
    public async Task<(BusinessFigures? Figures, string? Problem)> ReadAsync(CancellationToken cancellationToken)
    {
        if (instances.FirstOrDefault(instance => instance.Name == Analytics) is not { } analytics)
        {
            return (null, "The address of Analytics is missing: set services__analytics__http__0.");
        }

        try
        {
            var now = time.GetUtcNow();
            var from = Uri.EscapeDataString((now - Hour).ToString("O", CultureInfo.InvariantCulture));
            var orders = GetAsync<OrderCounts>(analytics, "orders-by-state", cancellationToken);
            var confirm = GetAsync<ConfirmTimes>(analytics, "time-to-confirm", cancellationToken);
            var skus = GetAsync<IReadOnlyList<SkuCount>>(analytics, "top-skus?limit=8", cancellationToken);
            var revenue = GetAsync<IReadOnlyList<MinuteRevenue>>(analytics, $"revenue?from={from}", cancellationToken);
            await Task.WhenAll(orders, confirm, skus, revenue);
            return (new BusinessFigures(now, await orders, await confirm, await skus, await revenue), null);
        }
        catch (HttpRequestException exception) when (exception.StatusCode is { } status)
        {
            return (null, $"Analytics answers {(int)status}. It needs a token with the scope analytics:read.");
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (null, $"Analytics does not answer at {analytics.Address.Authority}.");
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<T> GetAsync<T>(ServiceAddress analytics, string query, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(analytics.Address, $"/analytics/{query}"));
        request.Headers.Authorization = analytics.Token is null ? null : new AuthenticationHeaderValue("Bearer", analytics.Token);
        using var response = await _http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<T>(cancellationToken) ?? throw new JsonException("It is null.");
    }
}
