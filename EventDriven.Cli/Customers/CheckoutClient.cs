using System.Net;
using EventDriven.Cli.Tokens;
using EventDriven.Identity;
using EventDriven.Messaging.Operations.Services;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Cli.Customers;

/// <summary>Asks Checkout to forget customers.</summary>
/// <param name="checkout">Its address, and the caller's token.</param>
internal sealed class CheckoutClient(ServiceAddress checkout) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = CallerToken.NewClient(checkout, Timeout);

    /// <exception cref="CommandFailedException">Checkout never knew the customer, refuses, or does not answer.</exception>
    public async Task ForgetAsync(Guid customerId, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.DeleteAsync(new Uri($"/customers/{customerId}", UriKind.Relative), cancellationToken);
            if (response.StatusCode == HttpStatusCode.NotFound)
            {
                throw new CommandFailedException(
                    $"Checkout never knew customer {customerId}. Is the id right? Nothing was changed.", ExitCode.Refused);
            }

            if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            {
                throw CallerToken.Refused(checkout, Scopes.OrdersWrite);
            }

            response.EnsureSuccessStatusCode();
        }
        catch (Exception exception) when (exception is HttpRequestException
            || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new CommandFailedException(
                $"Checkout does not forget the customer at {checkout.Address} ({exception.Message}). Is it running, and is "
                + "services__checkout__http__0 right? It can be tried again.",
                ExitCode.Unreachable,
                exception);
        }
    }

    public void Dispose() => _http.Dispose();
}
