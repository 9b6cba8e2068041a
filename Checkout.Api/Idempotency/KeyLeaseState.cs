namespace Checkout.Api.Idempotency;

/// <summary>What Redis says about a key.</summary>
internal enum KeyLeaseState
{
    /// <summary>Nobody else is working on it.</summary>
    Taken,

    /// <summary>Another request with this key is running.</summary>
    HeldByAnother,

    /// <summary>Redis does not answer; the database decides.</summary>
    Unknown,
}
