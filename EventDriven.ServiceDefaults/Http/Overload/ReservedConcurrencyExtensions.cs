using Microsoft.AspNetCore.Builder;

namespace EventDriven.ServiceDefaults.Http.Overload;

/// <summary>Gives endpoints places of their own.</summary>
public static class ReservedConcurrencyExtensions
{
    /// <summary>
    /// Gives the endpoint places of its own (<c>Http:Overload:ReservedConcurrency</c>). The limits of customers and clients don't count its
    /// requests; that of an address counts them apart from others.
    /// </summary>
    public static TBuilder ReserveConcurrency<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(ReservedConcurrency.Instance);
}
