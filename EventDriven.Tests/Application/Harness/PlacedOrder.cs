using EventDriven.Messaging;

namespace EventDriven.Tests.Application.Harness;

/// <summary>The newcomer's own record of OrderPlaced: the one field that it reads.</summary>
[Event("eventdriven.orders.order-placed.v1")]
internal sealed record PlacedOrder(Guid OrderId);
