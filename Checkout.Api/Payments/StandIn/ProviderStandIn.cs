using System.Collections.Concurrent;
using Checkout.Api.Payments.Refunding;
using EventDriven.ServiceDefaults.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Checkout.Api.Payments.StandIn;

/// <summary>
/// Stands in for the payment provider while somebody develops: it gives no money back, and forgets on exit what it was asked. It is there only
/// in the environment Development, and only as long as <see cref="PaymentOptions.Provider"/> names none.
/// </summary>
internal sealed class ProviderStandIn
{
    /// <summary>What refunds are posted below.</summary>
    public const string Path = "/dev/payment-provider";

    private readonly ConcurrentDictionary<string, RefundRequest> _refunds = new(StringComparer.Ordinal);

    /// <summary>The same key with the same request is the same refund; with another one it is a mistake (Idempotency-Key draft).</summary>
    public Results<Ok, ProblemHttpResult> Refund([FromHeader(Name = "Idempotency-Key")] string idempotencyKey, RefundRequest request) =>
        _refunds.GetOrAdd(idempotencyKey, request) == request
            ? TypedResults.Ok()
            : Problems.Unprocessable("Idempotency-Key", "Was used for another refund.");
}
