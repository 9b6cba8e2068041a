namespace Checkout.Api.Orders;

/// <summary>One line of an order.</summary>
internal sealed class OrderLine
{
    /// <summary>Number of the line, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The SKU.</summary>
    public required string Sku { get; init; }

    /// <summary>The quantity.</summary>
    public required int Quantity { get; init; }

    /// <summary>Price of one piece when the order was placed, in the order's currency.</summary>
    public required decimal UnitPrice { get; init; }
}
