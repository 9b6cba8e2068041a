using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EventDriven.Cli.Tokens;
using EventDriven.Identity;
using EventDriven.Messaging.Operations.Services;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Cli.Journeys;

/// <summary>Reads journeys from Analytics.</summary>
/// <param name="analytics">Its address, and the caller's token.</param>
internal sealed class AnalyticsClient(ServiceAddress analytics) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = CallerToken.NewClient(analytics, Timeout);

    /// <exception cref="CommandFailedException">Analytics does not know the order, or does not answer.</exception>
    public async Task<Journey> JourneyAsync(Guid orderId, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri($"/analytics/orders/{orderId}/journey", UriKind.Relative), cancellationToken);
            if (response.StatusCode == HttpStatusCode.NotFound)
            {
                throw new CommandFailedException(
                    $"Analytics does not know order {orderId}. Is the id right? "
                    + "A recent order may still be on its way: see lag and outbox list.",
                    ExitCode.Refused);
            }

            if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            {
                throw CallerToken.Refused(analytics, Scopes.AnalyticsRead);
            }

            response.EnsureSuccessStatusCode();
            return await response.Content.ReadFromJsonAsync<Journey>(cancellationToken) ?? throw new JsonException("It is null.");
        }
        catch (JsonException exception)
        {
            throw new CommandFailedException(
                $"The service at {analytics.Address} is not Analytics, or another version of it ({exception.Message}). "
                + "Is services__analytics__http__0 right?",
                ExitCode.Unreachable,
                exception);
        }
        catch (Exception exception) when (exception is HttpRequestException
            || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new CommandFailedException(
                $"Analytics does not answer at {analytics.Address} ({exception.Message}). Is it running, and is "
                + "services__analytics__http__0 right?",
                ExitCode.Unreachable,
                exception);
        }
    }

    public void Dispose() => _http.Dispose();
}
