using System.Collections.Concurrent;
using Checkout.Api.Payments.Refunding;
using EventDriven.ServiceDefaults.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Checkout.Api.Payments.StandIn;

/// <summary>
/// Stands in for the payment provider during development. It refunds no money and forgets all commands on exit. It exists only in the
/// environment Development, and only if <see cref="PaymentOptions.Provider"/> is not set.
/// </summary>
internal sealed class ProviderStandIn
{
    /// <summary>Base path of the stand-in.</summary>
    public const string Path = "/dev/payment-provider";

    private readonly ConcurrentDictionary<string, RefundRequest> _refunds = new(StringComparer.Ordinal);

    /// <summary>
    /// The same key with the same request is the same refund; with another request, it is an error (Idempotency-Key draft).
    /// </summary>
    public Results<Ok, ProblemHttpResult> Refund([FromHeader(Name = "Idempotency-Key")] string idempotencyKey, RefundRequest request) =>
        _refunds.GetOrAdd(idempotencyKey, request) == request
            ? TypedResults.Ok()
            : Problems.Unprocessable("Idempotency-Key", "Was used for another refund.");
}
