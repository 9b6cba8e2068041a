using System.Security.Claims;
using EventDriven.Identity;

namespace Checkout.Api.Callers;

/// <summary>Who calls: a customer, who may use its own orders alone, or the back office, which may use everybody's.</summary>
internal sealed record Caller
{
    private const string Scope = "scope";
    private const string EmailClaim = "email";
    private const string EmailIsVerified = "email_verified";

    private readonly Guid? _customer;
    private readonly string? _email;

    private Caller(Guid? customer, string? email) => (_customer, _email) = (customer, email);

    /// <summary>The customer; null for the back office.</summary>
    public Guid? Customer => _customer;

    /// <summary>Reads the token's claims. A token that names no customer is that of one without any orders.</summary>
    public static Caller Of(ClaimsPrincipal user)
    {
        if (user.HasClaim(Scope, Scopes.OrdersWrite))
        {
            return new Caller(customer: null, email: null);
        }

        // An address that somebody claims, and the provider has not verified, may be anybody's.
        var email = user.HasClaim(EmailIsVerified, "false") ? null : user.FindFirst(EmailClaim)?.Value;
        return new Caller(Guid.TryParse(user.Identity?.Name, out var customer) ? customer : Guid.Empty, email);
    }

    /// <summary>Whether the caller may see and change what is this customer's.</summary>
    public bool MayActFor(Guid customer) => _customer is null || _customer == customer;

    /// <summary>Whether the caller may have mail sent to this address.</summary>
    public bool MayWriteTo(string email) => _customer is null || string.Equals(email, _email, StringComparison.OrdinalIgnoreCase);
}
