using System.Security.Claims;
using EventDriven.Identity;

namespace Checkout.Api.Callers;

/// <summary>Who calls: a customer, who may use its own orders alone, or the back office, which may use everybody's.</summary>
internal sealed class Caller
{
    private const string EmailClaim = "email";

    private readonly string? _email;

    private Caller(bool isBackOffice, Guid? customer, string? email)
    {
        IsBackOffice = isBackOffice;
        Customer = customer;
        _email = email;
    }

    /// <summary>Whether it acts for everybody.</summary>
    public bool IsBackOffice { get; }

    /// <summary>The customer; null for the back office, and for a token that names no customer.</summary>
    public Guid? Customer { get; }

    /// <summary>Reads the token's claims.</summary>
    public static Caller Of(ClaimsPrincipal user) => ActsForEverybody(user)
        ? new Caller(isBackOffice: true, customer: null, email: null)
        : new Caller(
            isBackOffice: false,
            Guid.TryParse(user.Identity?.Name, out var customer) && customer != Guid.Empty ? customer : null,
            user.FindFirst(EmailClaim)?.Value);

    /// <summary>Whether a token is the back office's.</summary>
    public static bool ActsForEverybody(ClaimsPrincipal user) => user.HasClaim(Scopes.Claim, Scopes.OrdersWrite);

    /// <summary>Whether the caller may see and change what is this customer's.</summary>
    public bool MayActFor(Guid customer) => IsBackOffice || Customer == customer;

    /// <summary>Whether the caller may have mail sent to this address.</summary>
    public bool MayWriteTo(string email) => IsBackOffice || string.Equals(email, _email, StringComparison.OrdinalIgnoreCase);
}
