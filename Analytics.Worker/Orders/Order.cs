namespace Analytics.Worker.Orders;

/// <summary>An order, from the facts of <c>orders.v1</c>.</summary>
internal sealed class Order
{
    public required Guid OrderId { get; init; }

    /// <summary>The highest state that was read.</summary>
    public required OrderState State { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset? PlacedAt { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public string? Currency { get; init; }

    /// <summary>In <see cref="Currency"/>.</summary>
    public decimal? Total { get; init; }
}
