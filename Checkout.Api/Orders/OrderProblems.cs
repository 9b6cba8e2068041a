using EventDriven.ServiceDefaults.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Checkout.Api.Orders;

/// <summary>What several endpoints answer.</summary>
internal static class OrderProblems
{
    /// <summary>404.</summary>
    public static ProblemHttpResult Unknown(Guid id, string field = "id") => Problems.NotFound(field, $"There is no order {id}.");
}
