namespace Checkout.Api.Orders;

/// <summary>Why an order was rejected or cancelled: codes in its history and its events.</summary>
internal static class OrderReasons
{
    /// <summary>Stock could not be held for every line.</summary>
    public const string OutOfStock = "out-of-stock";

    /// <summary>The customer asked for it.</summary>
    public const string CustomerRequest = "customer-request";

    /// <summary>The order was confirmed on an immediate hold, which expired before it became a reservation.</summary>
    public const string StockLost = "stock-lost";
}
