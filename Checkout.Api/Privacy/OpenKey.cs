using EventDriven.Messaging.Privacy;

namespace Checkout.Api.Privacy;

/// <summary>A customer's key, ready for use.</summary>
/// <param name="Stored">As it is stored.</param>
/// <param name="Key">What seals.</param>
/// <param name="IsNew">Whether it was made for this request, and is not stored yet.</param>
internal sealed record OpenKey(CustomerKey Stored, SubjectKey Key, bool IsNew);
