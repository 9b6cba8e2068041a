using EventDriven.ServiceDefaults.Http;

namespace Checkout.Api;

/// <summary>Checkout's own problem codes, in addition to <see cref="ProblemCodes"/>; docs/http.md lists all of them.</summary>
internal static class CheckoutProblemCodes
{
    /// <summary>400: the <c>Idempotency-Key</c> is missing or invalid.</summary>
    public const string KeyMissing = "idempotency-key-missing";

    /// <summary>401: the payment provider's signature is missing, too old or wrong; <c>errors</c> names the header.</summary>
    public const string NotSigned = "not-signed";

    /// <summary>409: the first request with this key is still running; repeat it after <c>Retry-After</c>.</summary>
    public const string StillRunning = "idempotency-key-in-use";

    /// <summary>422: the key was used for another request.</summary>
    public const string KeyReused = "idempotency-key-reused";

    /// <summary>409: stock is short, and nothing was ordered; <c>skus</c> names the missing SKUs.</summary>
    public const string OutOfStock = "out-of-stock";

    /// <summary>409: the order refuses the payment, which is refunded; <c>reason</c> says why.</summary>
    public const string PaymentRefused = "payment-refused";

    /// <summary>503: Inventory did not answer in time, and nothing was ordered.</summary>
    public const string InventoryAway = "inventory-away";

    /// <summary>409: the customer was forgotten, and orders no more.</summary>
    public const string CustomerForgotten = "customer-forgotten";

    /// <summary>404: there never was such a key.</summary>
    public const string UnknownKey = "unknown-key";

    /// <summary>410: the key is destroyed, because its customer was forgotten.</summary>
    public const string KeyDestroyed = "key-destroyed";

    /// <summary>409: the e-mail address has signed up already.</summary>
    public const string SignedUpAlready = "signed-up-already";
}
