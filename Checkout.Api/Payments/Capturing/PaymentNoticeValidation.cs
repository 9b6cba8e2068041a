using Checkout.Api.Orders.Paying;
using EventDriven.ServiceDefaults.Http;

namespace Checkout.Api.Payments.Capturing;

/// <summary>Validates a notice of captured money.</summary>
internal static class PaymentNoticeValidation
{
    /// <summary>The capture; null if there are <paramref name="errors"/>.</summary>
    public static Capture? Validate(PaymentNotice notice, FieldErrors errors)
    {
        errors.Require(Guid.TryParse(notice.OrderId, out var orderId), "orderId", "Must be a UUID.");
        errors.Require(
            notice.ProviderReference is { Length: > 0 and <= Payment.MaxReferenceLength } given
                && !given.AsSpan().ContainsAnyExceptInRange('!', '~'),
            "providerReference",
            $"Must be given: 1 to {Payment.MaxReferenceLength} visible ASCII characters.");
        errors.Require(
            notice.Amount is > 0 and <= Payment.MaxAmount && decimal.Round(notice.Amount.Value, 2) == notice.Amount,
            "amount",
            $"Must be given: more than 0, at most {Payment.MaxAmount}, in whole cents.");
        errors.Require(notice.Currency is not null, "currency", "Must be given.");
        return errors.Any ? null : new Capture(orderId, notice.ProviderReference!, notice.Amount!.Value, notice.Currency!);
    }
}
