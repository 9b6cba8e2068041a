namespace Checkout.Api.Payments;

/// <summary>Money that the payment provider captured for an order.</summary>
internal sealed class Payment
{
    /// <summary>The provider's own id of the payment; the same call again carries the same one.</summary>
    public required string ProviderReference { get; init; }

    /// <summary>The order.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>In <see cref="Currency"/>.</summary>
    public required decimal Amount { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public required string Currency { get; init; }

    /// <summary>When Checkout was told, UTC.</summary>
    public required DateTimeOffset CapturedAt { get; init; }
}
