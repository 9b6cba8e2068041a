using System.ComponentModel;

namespace Checkout.Api.Privacy;

/// <summary>A key of a customer's personal data.</summary>
internal sealed record KeyAnswer(
    [property: Description("The key's id, as sealed text names it.")] Guid Id,
    [property: Description("The customer whose data it opens.")] Guid CustomerId,
    [property: Description("The key, in base64: 32 bytes for AES-256-GCM, then 32 for HMAC-SHA-256.")] byte[] Key);
