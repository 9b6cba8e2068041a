namespace Checkout.Api.Idempotency;

/// <summary>The state of a key in Redis.</summary>
internal enum KeyLeaseState
{
    /// <summary>No other request holds the key.</summary>
    Taken,

    /// <summary>Another request with this key is running.</summary>
    HeldByAnother,

    /// <summary>Redis does not answer; the database decides.</summary>
    Unknown,
}
