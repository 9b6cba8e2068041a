namespace Checkout.Api.Orders;

/// <summary>A change of an order's state.</summary>
/// <param name="State">The new state.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Reason">Why, such as <c>customer-request</c>; absent if there is none.</param>
internal sealed record OrderStepAnswer(OrderState State, DateTimeOffset At, string? Reason = null);
