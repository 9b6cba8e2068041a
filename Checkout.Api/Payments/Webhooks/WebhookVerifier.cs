using System.Security.Cryptography;
using EventDriven.ServiceDefaults.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Checkout.Api.Payments.Webhooks;

/// <summary>
/// Accepts only what the payment provider signed: Standard Webhooks 1.0.0, with symmetric keys. It checks the bytes as they came, before
/// anything reads them (ADR 0039).
/// </summary>
internal sealed class WebhookVerifier(WebhookKeys keys, TimeProvider time)
{
    /// <summary>Checks the request and leaves its body to be read again.</summary>
    /// <returns>Null, or the answer 401. It says which header is wrong, and neither which key nor what the right signature is.</returns>
    public async Task<ProblemHttpResult?> RefusalAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (WebhookHeaders.Read(request.Headers, time.GetUtcNow(), errors) is not { } headers)
        {
            return Refusal(errors);
        }

        // The server bounds the body (RequestLimits.BodyBytes).
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        var bytes = body.ToArray();
        if (!IsSigned(headers, bytes))
        {
            errors.Add(WebhookHeaders.SignatureName, ["No signature is right for this id, timestamp and body."]);
            return Refusal(errors);
        }

        request.Body = new MemoryStream(bytes, writable: false);
        return null;
    }

    /// <summary>
    /// Whether any of the signatures was made with any of the keys. The time it takes doesn't tell which, nor how near one is.
    /// </summary>
    public bool IsSigned(WebhookHeaders headers, ReadOnlySpan<byte> body)
    {
        var content = headers.SignedContent(body);
        var isSigned = false;
        foreach (var key in keys.All)
        {
            var right = HMACSHA256.HashData(key, content);
            foreach (var signature in headers.Signatures)
            {
                isSigned |= CryptographicOperations.FixedTimeEquals(right, signature);
            }
        }

        return isSigned;
    }

    private static ProblemHttpResult Refusal(IDictionary<string, string[]> errors) => Problems.Of(
        StatusCodes.Status401Unauthorized,
        "Only what the payment provider signed is accepted (Standard Webhooks 1.0.0); see errors.",
        errors,
        CheckoutProblemCodes.NotSigned);
}
