namespace Checkout.Api.Payments.Refunding;

/// <summary>The result of a command to the payment provider.</summary>
internal enum ProviderVerdict
{
    /// <summary>The provider confirmed the refund.</summary>
    Confirmed,

    /// <summary>The provider refused the command (4xx).</summary>
    Refused,

    /// <summary>The provider answered that it can't now, or its answer is not conclusive.</summary>
    Deferred,

    /// <summary>There was no answer in time. The refund may have happened; repeating the command is safe.</summary>
    Unreachable,
}
