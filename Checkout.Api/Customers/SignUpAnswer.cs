namespace Checkout.Api.Customers;

/// <summary>A customer who signed up.</summary>
/// <param name="Id">What orders are placed with.</param>
internal sealed record SignUpAnswer(Guid Id);
