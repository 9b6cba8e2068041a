using System.Net.Http.Headers;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Messaging.Operations.Services;

/// <summary>Asks services what they publish and read.</summary>
public sealed class ServiceTopologyReader : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>
    /// Asks one instance at <c>/topology</c>, for 5 s at most; null when it doesn't answer, or does not tell this caller.
    /// </summary>
    public async Task<DeclaredAccess?> ReadAsync(ServiceAddress service, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(service);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(service.Address, "/topology"));
            request.Headers.Authorization = service.Token is null ? null : new AuthenticationHeaderValue("Bearer", service.Token);
            using var response = await _http.SendAsync(request, cancellationToken);
            return response.IsSuccessStatusCode
                ? TaskLine.Parse(await response.Content.ReadAsStringAsync(cancellationToken)) as DeclaredAccess
                : null;
        }
        catch (Exception exception) when (exception is HttpRequestException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
