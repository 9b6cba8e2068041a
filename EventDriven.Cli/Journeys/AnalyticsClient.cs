using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using EventDriven.Cli.Tokens;
using EventDriven.Identity;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Cli.Journeys;

/// <summary>Reads journeys from Analytics.</summary>
/// <param name="address">Its address.</param>
/// <param name="token">The caller's token; null for none.</param>
internal sealed class AnalyticsClient(Uri address, string? token) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = new()
    {
        BaseAddress = address,
        Timeout = Timeout,
        DefaultRequestHeaders = { Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token) },
    };

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
                throw new CommandFailedException(
                    $"Analytics at {address} does not accept the caller. Set {CallerToken.Variable} to a token with the scope "
                    + $"{Scopes.AnalyticsRead}.",
                    ExitCode.Refused);
            }

            response.EnsureSuccessStatusCode();
            return await response.Content.ReadFromJsonAsync<Journey>(cancellationToken) ?? throw new JsonException("It is null.");
        }
        catch (JsonException exception)
        {
            throw new CommandFailedException(
                $"The service at {address} is not Analytics, or another version of it ({exception.Message}). "
                + "Is services__analytics__http__0 right?",
                ExitCode.Unreachable,
                exception);
        }
        catch (Exception exception) when (exception is HttpRequestException
            || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new CommandFailedException(
                $"Analytics does not answer at {address} ({exception.Message}). Is it running, and is services__analytics__http__0 right?",
                ExitCode.Unreachable,
                exception);
        }
    }

    public void Dispose() => _http.Dispose();
}
