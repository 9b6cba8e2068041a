using System.Text.Json;
using System.Text.Json.Nodes;

namespace EventDriven.Cli.Status;

/// <summary>Asks services for their health.</summary>
internal sealed class ServiceReader : IDisposable
{
    // A service itself gives each of its checks 4 s.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http = new() { Timeout = Bound };

    /// <summary>Asks one instance, within a bounded time, whatever is wrong with it.</summary>
    public async Task<ServiceReading> ReadAsync((string Name, Uri Address) service, CancellationToken cancellationToken)
    {
        try
        {
            // 503 has the same body.
            using var response = await _http.GetAsync(new Uri(service.Address, "/health"), cancellationToken);
            var health = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!.AsObject();
            return new ServiceReading(service.Name, (string?)health["status"] ?? "unknown", [.. Problems(health["checks"]?.AsObject() ?? [])], Error: null);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or NullReferenceException)
        {
            return new ServiceReading(service.Name, null, [], $"what answers at {service.Address} tells no health");
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new ServiceReading(
                service.Name, null, [], $"does not answer at {service.Address.Authority}{(exception is HttpRequestException ? "" : $" within {Bound.TotalSeconds} s")}");
        }
    }

    public void Dispose() => _http.Dispose();

    private static IEnumerable<(string Check, string Status, string? Description)> Problems(JsonObject checks) =>
        from check in checks
        let status = (string?)check.Value?["status"]
        where status is not "healthy"
        select (check.Key, status ?? "unknown", (string?)check.Value?["description"]);
}
