using System.ComponentModel;

namespace Checkout.Api.Customers;

/// <summary>The body of <c>POST /customers</c>, before validation.</summary>
internal sealed record SignUpRequest(
    [property: Description("The customer's e-mail address.")] string? Email,
    [property: Description("What the customer wants to be called: 1 to 200 characters.")] string? Name)
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaxNameLength = 200;
}
