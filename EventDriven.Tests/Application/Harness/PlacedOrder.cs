namespace EventDriven.Tests.Application.Harness;

/// <summary>The newcomer's own record of OrderPlaced: the one field that it reads.</summary>
internal sealed record PlacedOrder(Guid OrderId);
