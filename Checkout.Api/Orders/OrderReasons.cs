namespace Checkout.Api.Orders;

/// <summary>Why an order was rejected or cancelled: codes that stand in its history and its events.</summary>
internal static class OrderReasons
{
    /// <summary>Stock could not be held for every line.</summary>
    public const string OutOfStock = "out-of-stock";

    /// <summary>The customer asked for it.</summary>
    public const string CustomerRequest = "customer-request";

    /// <summary>The order was confirmed on stock that had been held at once, and the hold ran out before it became firm.</summary>
    public const string StockLost = "stock-lost";
}
