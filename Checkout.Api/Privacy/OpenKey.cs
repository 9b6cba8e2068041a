using EventDriven.Messaging.Privacy;

namespace Checkout.Api.Privacy;

/// <summary>A customer's key, ready for use.</summary>
/// <param name="Stored">As it is stored.</param>
/// <param name="Key">What seals.</param>
internal sealed record OpenKey(CustomerKey Stored, SubjectKey Key);
