using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EventDriven.Messaging.Operations.Services;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Messaging.Operations.Journeys;

/// <summary>Reads journeys from Analytics.</summary>
/// <param name="analytics">Its address, and the caller's token.</param>
public sealed class AnalyticsClient(ServiceAddress analytics) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = analytics.NewClient(Timeout);

    /// <summary>The events of an order, and what each group did with them.</summary>
    /// <exception cref="OperationFailedException">Analytics does not know the order, or does not answer.</exception>
    public async Task<Journey> JourneyAsync(Guid orderId, CancellationToken cancellationToken) =>
        await FindAsync(orderId, cancellationToken) ?? throw new OperationFailedException(
            $"Analytics does not know order {orderId}. Is the id right? "
            + "A recent order may still be on its way: see lag and outbox list.",
            ExitCode.Refused);

    /// <summary>The events of an order, and what each group did with them; null if Analytics does not know the order.</summary>
    /// <exception cref="OperationFailedException">Analytics does not answer.</exception>
    public async Task<Journey?> FindAsync(Guid orderId, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri($"/analytics/orders/{orderId}/journey", UriKind.Relative), cancellationToken);
            if (response.StatusCode == HttpStatusCode.NotFound)
            {
                return null;
            }

            if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            {
                throw analytics.Refused("analytics:read");
            }

            response.EnsureSuccessStatusCode();
            return await response.Content.ReadFromJsonAsync<Journey>(cancellationToken) ?? throw new JsonException("It is null.");
        }
        catch (JsonException exception)
        {
            throw new OperationFailedException(
                $"The service at {analytics.Address} is not Analytics, or another version of it ({exception.Message}). "
                + "Is services__analytics__http__0 right?",
                ExitCode.Unreachable,
                exception);
        }
        catch (Exception exception) when (exception is HttpRequestException
            || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new OperationFailedException(
                $"Analytics does not answer at {analytics.Address} ({exception.Message}). Is it running, and is "
                + "services__analytics__http__0 right?",
                ExitCode.Unreachable,
                exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
