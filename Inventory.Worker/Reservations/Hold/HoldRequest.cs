namespace Inventory.Worker.Reservations.Hold;

/// <summary>Body of <c>POST /reservations</c>.</summary>
internal sealed record HoldRequest(Guid OrderId, IReadOnlyList<HoldRequestLine>? Lines);
