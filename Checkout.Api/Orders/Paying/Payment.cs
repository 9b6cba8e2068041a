using EventDriven.Contracts.Payments;

namespace Checkout.Api.Orders.Paying;

/// <summary>
/// Money that the payment provider captured. Its order accepts it, or refuses it for good. If it is owed back, it has a
/// <see cref="Refund"/>, always of the whole amount.
/// </summary>
internal sealed class Payment
{
    /// <summary>Longest provider reference, in characters.</summary>
    public const int MaxReferenceLength = 100;

    /// <summary>Largest amount that the database can store.</summary>
    public const decimal MaxAmount = 999_999_999_999.99m;

    /// <summary>The provider's id of the payment; a repeated call has the same one.</summary>
    public required string ProviderReference { get; init; }

    /// <summary>The order.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>In <see cref="Currency"/>.</summary>
    public required decimal Amount { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public required string Currency { get; init; }

    /// <summary>When Checkout learned of it, UTC.</summary>
    public required DateTimeOffset CapturedAt { get; init; }

    /// <summary>Why the order refused it, one of <see cref="RefundReasons"/>; null if the order accepted it.</summary>
    public string? Refusal { get; init; }

    /// <summary>Its refund; null while it is not owed back.</summary>
    public Refund? Refund { get; private set; }

    /// <summary>Whether the order accepted it.</summary>
    public bool IsTaken => Refusal is null;

    /// <summary>Marks the payment for refund; an existing refund stays as it is.</summary>
    /// <param name="reason">One of <see cref="RefundReasons"/>.</param>
    /// <param name="at">Since when, UTC.</param>
    public void OweBack(string reason, DateTimeOffset at) => Refund ??= Refund.Of(ProviderReference, reason, at);

    /// <summary>Records that the provider refunded it. Returns the event to publish, or null if the refund is known.</summary>
    /// <exception cref="InvalidOperationException">The payment isn't owed back.</exception>
    public PaymentRefunded? GiveBack(DateTimeOffset at)
    {
        var refund = Refund ?? throw new InvalidOperationException($"Payment '{ProviderReference}' of order {OrderId} is not owed back.");
        return refund.Confirm(at) ? new(OrderId, ProviderReference, Amount, Currency, refund.Reason, at) : null;
    }
}
