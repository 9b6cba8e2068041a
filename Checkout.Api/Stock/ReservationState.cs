namespace Checkout.Api.Stock;

/// <summary>Inventory's answer.</summary>
internal enum ReservationState
{
    /// <summary>Every line is held.</summary>
    Held,

    /// <summary>Nothing is held, because stock is short.</summary>
    Refused,

    /// <summary>Inventory did not answer in time. If it holds the stock nevertheless, it releases it when no order follows.</summary>
    Unknown,
}
