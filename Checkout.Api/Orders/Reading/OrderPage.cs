namespace Checkout.Api.Orders.Reading;

/// <summary>A page of orders, newest first.</summary>
/// <param name="Items">The orders.</param>
/// <param name="Next">What to give as <c>after</c> for the next page; absent on the last.</param>
internal sealed record OrderPage(IReadOnlyList<OrderAnswer> Items, Guid? Next = null);
