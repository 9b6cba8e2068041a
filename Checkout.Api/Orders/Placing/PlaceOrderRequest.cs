using System.ComponentModel;

namespace Checkout.Api.Orders.Placing;

/// <summary>The body of <c>POST /orders</c>, before validation: everything may be missing or wrong.</summary>
internal sealed record PlaceOrderRequest(
    [property: Description("UUID of the customer.")] string? CustomerId,
    [property: Description("Where the customer wants to be written to.")] string? Email,
    [property: Description("ISO 4217 code of a currency that prices are in: EUR, GBP or USD.")] string? Currency,
    [property: Description("1 to 100 lines.")] IReadOnlyList<PlaceOrderLine?>? Lines,
    [property: Description("`eventual` (default): the order is placed and confirmed later. `immediate`: stock is asked "
        + "for before the answer.")] string? Reservation = null)
{
    /// <summary>Stock is reserved after the answer.</summary>
    public const string Eventual = "eventual";

    /// <summary>Stock is held before the answer.</summary>
    public const string Immediate = "immediate";

    /// <summary>
    /// The canonical form of the request, in which equivalent requests are equal: defaults are left out, and the UUID is in lower case. The
    /// hash for the idempotency key is made from it.
    /// </summary>
    public PlaceOrderRequest AsUnderstood(NewOrder order)
    {
        Span<char> customerId = stackalloc char[36];
        order.CustomerId.TryFormat(customerId, out _);
        return Reservation != Eventual && customerId.SequenceEqual(CustomerId)
            ? this
            : this with { CustomerId = customerId.ToString(), Reservation = order.IsImmediate ? Immediate : null };
    }
}
