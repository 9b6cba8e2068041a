namespace Checkout.Api.Privacy;

/// <summary>What has become of the key that a request sealed with.</summary>
internal enum KeyState
{
    /// <summary>It is the customer's, or would be.</summary>
    Unchanged,

    /// <summary>The customer has another one, which is used from now on.</summary>
    Changed,

    /// <summary>The customer was forgotten.</summary>
    Destroyed,
}
