namespace Analytics.Worker.Reservations;

/// <summary>When an order's stock was reserved.</summary>
internal sealed class Reservation
{
    public required Guid OrderId { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset ReservedAt { get; init; }
}
