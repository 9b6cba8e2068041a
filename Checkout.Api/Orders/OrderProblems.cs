using EventDriven.ServiceDefaults.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Checkout.Api.Orders;

/// <summary>Problems that several endpoints return.</summary>
internal static class OrderProblems
{
    /// <summary>404: there is no such order.</summary>
    public static ProblemHttpResult Unknown(Guid id, string field = "id") => Problems.NotFound(field, $"There is no order {id}.");
}
