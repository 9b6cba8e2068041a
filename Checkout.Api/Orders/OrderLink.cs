using System.Text.Json.Serialization;

namespace Checkout.Api.Orders;

/// <summary>Where an order, or something of it, is: path on this service. Written without being made first, because every new order has some.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Suffix">What follows its path.</param>
[JsonConverter(typeof(OrderLinkConverter))]
internal readonly record struct OrderLink(Guid OrderId, string Suffix);
