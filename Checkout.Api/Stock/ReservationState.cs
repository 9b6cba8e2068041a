namespace Checkout.Api.Stock;

/// <summary>What Inventory said.</summary>
internal enum ReservationState
{
    /// <summary>Every line is held.</summary>
    Held,

    /// <summary>Nothing is held: there is too little of something.</summary>
    Refused,

    /// <summary>Nothing was heard in time. Should the stock be held all the same, Inventory gives it back when no order follows.</summary>
    Unknown,
}
