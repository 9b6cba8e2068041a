using System.Net;
using System.Text.Json;
using Checkout.Api.Payments.StandIn;

namespace Checkout.Api.Payments.Refunding;

/// <summary>
/// The payment provider's commands, by HTTP (law L1). They carry an idempotency key, so that a command without an answer can be sent again.
/// Only the queue decides when: an HTTP client that retries by itself would multiply the attempts.
/// </summary>
internal sealed class PaymentProvider(HttpClient http, ProviderAddress address)
{
    private const int MaxErrorLength = 200;

    /// <summary>Asks for a refund. Failures are returned as outcomes, not thrown.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<ProviderOutcome> RefundAsync(DueRefund refund, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address.Refunds)
            {
                Content = JsonContent.Create(
                    new RefundRequest(refund.ProviderReference, refund.Amount, refund.Currency, refund.Reason),
                    CheckoutJson.Default.RefundRequest),
            };
            request.Headers.Add("Idempotency-Key", refund.IdempotencyKey);
            using var response = await http.SendAsync(request, cancellationToken);
            return response.IsSuccessStatusCode
                ? ProviderOutcome.Confirmed
                : new ProviderOutcome(
                    IsRefusal(response.StatusCode) ? ProviderVerdict.Refused : ProviderVerdict.Deferred,
                    await ErrorAsync(response, cancellationToken));
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException
            && !cancellationToken.IsCancellationRequested)
        {
            return new ProviderOutcome(
                ProviderVerdict.Unreachable, exception is HttpRequestException failed ? $"{failed.HttpRequestError}" : "Timeout");
        }
    }

    // 408, 425 and 429 mean "later". So does 409: in the Idempotency-Key draft, the first request is still running.
    private static bool IsRefusal(HttpStatusCode status) => (int)status is >= 400 and < 500 and not (408 or 409 or 425 or 429);

    // The provider's text goes into a table, a log and a health check.
    private static string Printable(string text) =>
        string.Concat(text.Take(MaxErrorLength).Where(character => !char.IsControl(character) && !char.IsSurrogate(character)));

    private static async Task<string> ErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = $"{(int)response.StatusCode}";
        if (response.Content.Headers.ContentType?.MediaType is not ("application/problem+json" or "application/json"))
        {
            return status;
        }

        try
        {
            var answer = await response.Content.ReadFromJsonAsync(CheckoutJson.Default.RefundAnswer, cancellationToken);
            return Printable($"{status} {answer?.Title}".Trim());
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The body is not JSON, or its character set is unknown.
            return status;
        }
    }
}
