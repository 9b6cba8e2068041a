using EventDriven.ServiceDefaults.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Checkout.Api.Callers;

/// <summary>What a customer may not do.</summary>
internal static class CallerProblems
{
    /// <summary>403, unless the caller may act for the customer and have mail sent to the address.</summary>
    /// <param name="caller">Who calls.</param>
    /// <param name="customer">For whom; null if the request doesn't say.</param>
    /// <param name="email">Where mail goes.</param>
    public static ProblemHttpResult? Refuse(this Caller caller, Guid? customer, string email) =>
        caller switch
        {
            { IsBackOffice: false, Customer: null } =>
                Problems.Forbidden("customerId", "The token names no customer: its subject is not a UUID."),
            _ when customer is { } id && !caller.MayActFor(id) =>
                Problems.Forbidden("customerId", "Must be the customer whom the token names."),
            _ when !caller.MayWriteTo(email) =>
                Problems.Forbidden("email", "Must be the address that the token names, and that the identity provider has verified."),
            _ => null,
        };
}
