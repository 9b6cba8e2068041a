using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EventDriven.Messaging.Operations.Services;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Messaging.Operations.Journeys;

/// <summary>Reads messages to customers from Notifications.</summary>
/// <param name="notifications">Its address, and the caller's token.</param>
public sealed class NotificationsClient(ServiceAddress notifications) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = notifications.NewClient(Timeout);

    /// <summary>The messages about an order, in the order in which their facts happened; the first page of them.</summary>
    /// <exception cref="OperationFailedException">Notifications refuses, or does not answer.</exception>
    public async Task<IReadOnlyList<JourneyMail>> MailsAsync(Guid orderId, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri($"/messages?orderId={orderId}", UriKind.Relative), cancellationToken);
            if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            {
                throw notifications.Refused("ops:read");
            }

            response.EnsureSuccessStatusCode();
            return (await response.Content.ReadFromJsonAsync<MailPage>(cancellationToken))?.Items ?? throw new JsonException("It is null.");
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException
            || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new OperationFailedException(
                $"Notifications does not tell of messages at {notifications.Address} ({exception.Message}). Is it running, and is "
                + "services__notifications__http__0 right?",
                ExitCode.Unreachable,
                exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private sealed record MailPage(IReadOnlyList<JourneyMail> Items);
}
