using System.ComponentModel;

namespace Checkout.Api.Payments;

/// <summary>The body of the payment provider's call, before validation.</summary>
internal sealed record PaymentNotice(
    [property: Description("UUID of the order.")] string? OrderId,
    [property: Description("The provider's own id of the payment: 1 to 100 visible ASCII characters.")] string? ProviderReference,
    [property: Description("Captured amount: more than 0, in whole cents. An order may be paid in parts.")] decimal? Amount,
    [property: Description("ISO 4217 code; the order's currency.")] string? Currency);
