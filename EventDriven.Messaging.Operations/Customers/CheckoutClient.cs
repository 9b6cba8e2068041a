using System.Net;
using EventDriven.Messaging.Operations.Services;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Messaging.Operations.Customers;

/// <summary>Asks Checkout to forget customers.</summary>
/// <param name="checkout">Its address, and the caller's token.</param>
public sealed class CheckoutClient(ServiceAddress checkout) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = checkout.NewClient(Timeout);

    /// <summary>Destroys the key of a customer's personal data.</summary>
    /// <exception cref="OperationFailedException">Checkout never knew the customer, refuses, or does not answer.</exception>
    public async Task ForgetAsync(Guid customerId, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.DeleteAsync(new Uri($"/customers/{customerId}", UriKind.Relative), cancellationToken);
            if (response.StatusCode == HttpStatusCode.NotFound)
            {
                throw new OperationFailedException(
                    $"Checkout never knew customer {customerId}. Is the id right? Nothing was changed.", ExitCode.Refused);
            }

            if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            {
                throw checkout.Refused("orders:write");
            }

            response.EnsureSuccessStatusCode();
        }
        catch (Exception exception) when (exception is HttpRequestException
            || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new OperationFailedException(
                $"Checkout does not forget the customer at {checkout.Address} ({exception.Message}). Is it running, and is "
                + "services__checkout__http__0 right? It can be tried again.",
                ExitCode.Unreachable,
                exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
