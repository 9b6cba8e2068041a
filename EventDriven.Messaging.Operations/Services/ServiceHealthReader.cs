using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EventDriven.Messaging.Operations.Services;

/// <summary>Asks services for their health.</summary>
public sealed class ServiceHealthReader : IDisposable
{
    // A service itself gives each of its checks 4 s.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http = new() { Timeout = Timeout };

    /// <summary>Asks one instance, for 5 s at most. Never throws because of the service: its failure is the result.</summary>
    public async Task<ServiceHealth> ReadAsync(ServiceAddress service, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(service);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(service.Address, "/health"));
            request.Headers.Authorization = service.Token is null ? null : new AuthenticationHeaderValue("Bearer", service.Token);

            // 503 has the same body.
            using var response = await _http.SendAsync(request, cancellationToken);
            var health = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!.AsObject();
            return new ServiceHealth(
                service.Name, (string?)health["status"] ?? "unknown", [.. Problems(health["checks"]?.AsObject() ?? [])], Error: null);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException
            or NullReferenceException)
        {
            return new ServiceHealth(service.Name, null, [], $"does not report its health at {service.Address}");
        }
        catch (Exception exception) when (exception is HttpRequestException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new ServiceHealth(
                service.Name,
                null,
                [],
                "does not answer at "
                + $"{service.Address.Authority}{(exception is HttpRequestException ? "" : $" within {Timeout.TotalSeconds} s")}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static IEnumerable<HealthProblem> Problems(JsonObject checks) =>
        from check in checks
        let status = (string?)check.Value?["status"]
        where status is not "healthy"
        select new HealthProblem(check.Key, status ?? "unknown", (string?)check.Value?["description"]);
}
