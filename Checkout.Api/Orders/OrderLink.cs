using System.Text.Json.Serialization;

namespace Checkout.Api.Orders;

/// <summary>
/// The path of an order or of a part of it. It is written directly to JSON, without a string, because every new order has such links.
/// </summary>
/// <param name="OrderId">The order.</param>
/// <param name="Suffix">Text after the order's path.</param>
[JsonConverter(typeof(OrderLinkConverter))]
internal readonly record struct OrderLink(Guid OrderId, string Suffix);
