using EventDriven.Contracts.Payments;

namespace Checkout.Api.Orders.Paying;

/// <summary>
/// Money that the payment provider captured. Its order takes it, or refuses it for ever; what is owed back has a <see cref="Refund"/>, and
/// always goes back whole.
/// </summary>
internal sealed class Payment
{
    /// <summary>Longest provider reference, in characters.</summary>
    public const int MaxReferenceLength = 100;

    /// <summary>Largest amount; what the database has room for.</summary>
    public const decimal MaxAmount = 999_999_999_999.99m;

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

    /// <summary>Why the order doesn't take it, one of <see cref="RefundReasons"/>; null when it took it.</summary>
    public string? Refusal { get; init; }

    /// <summary>Its way back; null while nothing of it is owed.</summary>
    public Refund? Refund { get; private set; }

    /// <summary>Whether the order took it.</summary>
    public bool IsTaken => Refusal is null;

    /// <summary>From now on it is owed back; what was owed before stays so.</summary>
    /// <param name="reason">One of <see cref="RefundReasons"/>.</param>
    /// <param name="at">Since when, UTC.</param>
    public void OweBack(string reason, DateTimeOffset at) => Refund ??= Refund.Of(ProviderReference, reason, at);

    /// <summary>The provider gave it back: the fact to announce, or null when that is known already.</summary>
    /// <exception cref="InvalidOperationException">It isn't owed back.</exception>
    public PaymentRefunded? GiveBack(DateTimeOffset at)
    {
        var refund = Refund ?? throw new InvalidOperationException($"Payment '{ProviderReference}' of order {OrderId} is not owed back.");
        return refund.Confirm(at) ? new(OrderId, ProviderReference, Amount, Currency, refund.Reason, at) : null;
    }
}
