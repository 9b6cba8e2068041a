using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using EventDriven.Messaging.Operations.Services;

namespace EventDriven.Messaging.Operations.Handling;

/// <summary>Asks services how long handling takes.</summary>
public sealed class HandlingReader : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(3) };

    /// <summary>
    /// Asks one instance at <c>/handling</c>, for 3 s at most; null when it doesn't answer, reads nothing, is of another version, or does
    /// not tell this caller.
    /// </summary>
    public async Task<IReadOnlyList<GroupHandling>?> ReadAsync(ServiceAddress service, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(service);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(service.Address, "/handling"));
            request.Headers.Authorization = service.Token is null ? null : new AuthenticationHeaderValue("Bearer", service.Token);
            using var response = await _http.SendAsync(request, cancellationToken);
            var told = response.IsSuccessStatusCode
                ? await response.Content.ReadFromJsonAsync<IReadOnlyList<GroupHandling>>(cancellationToken)
                : null;
            return told?.All(IsOfThisVersion) == true ? told : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static bool IsOfThisVersion(GroupHandling told) =>
        told.Durations?.Count == HandlingBuckets.Count && told.Ages?.Count == HandlingBuckets.Count;
}
