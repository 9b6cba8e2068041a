namespace Checkout.Api.Orders;

/// <summary>One line of an order.</summary>
internal sealed class OrderLine
{
    /// <summary>Place in the order, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>What was ordered.</summary>
    public required string Sku { get; init; }

    /// <summary>How many.</summary>
    public required int Quantity { get; init; }

    /// <summary>Price of one when the order was placed, in the order's currency.</summary>
    public required decimal UnitPrice { get; init; }
}
