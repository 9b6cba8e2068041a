namespace Checkout.Api.Orders;

/// <summary>A change of an order's state.</summary>
internal sealed class OrderStep
{
    /// <summary>The order.</summary>
    public Guid OrderId { get; init; }

    /// <summary>Number in the history, from 1; also the id of the server-sent event.</summary>
    public required int Number { get; init; }

    /// <summary>The new state.</summary>
    public required OrderState State { get; init; }

    /// <summary>When, UTC; never earlier than the previous step.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>One of <see cref="OrderReasons"/>; null for a step that needs none.</summary>
    public string? Reason { get; init; }
}
