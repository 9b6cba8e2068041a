namespace Checkout.Api.Payments.Refunding;

/// <summary>What became of a command to the payment provider.</summary>
internal enum ProviderVerdict
{
    /// <summary>The money goes back.</summary>
    Confirmed,

    /// <summary>The provider understood it and won't do it (4xx).</summary>
    Refused,

    /// <summary>The provider answered that it can't now; or its answer says nothing.</summary>
    Deferred,

    /// <summary>There was no answer in time. It may have done it: the same command again is safe.</summary>
    Unreachable,
}
