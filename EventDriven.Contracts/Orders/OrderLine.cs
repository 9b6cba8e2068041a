using System.ComponentModel.DataAnnotations;
using EventDriven.Messaging.Validation;

namespace EventDriven.Contracts.Orders;

/// <summary>One line of an order.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Quantity">The quantity, 1 to 10 000.</param>
/// <param name="UnitPrice">Price of one piece, in the order's currency.</param>
public sealed record OrderLine([PlainText(64)] string Sku, [Range(1, 10_000)] int Quantity, [Numeric(14, 2)] decimal UnitPrice);
