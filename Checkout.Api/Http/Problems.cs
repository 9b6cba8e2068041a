using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;

namespace Checkout.Api.Http;

/// <summary>Problem details (RFC 9457). Every one names the field that it is about in <c>errors</c>.</summary>
internal static class Problems
{
    /// <summary>The request can't be read.</summary>
    public static ProblemHttpResult BadRequest(string field, string message) => Of(StatusCodes.Status400BadRequest, field, message);

    /// <summary>What the path names isn't there.</summary>
    public static ProblemHttpResult NotFound(string field, string message) => Of(StatusCodes.Status404NotFound, field, message);

    /// <summary>The request can be read and doesn't go with what is already there.</summary>
    public static ProblemHttpResult Conflict(string field, string message) => Of(StatusCodes.Status409Conflict, field, message);

    /// <summary>The request can be read and makes no sense.</summary>
    public static ProblemHttpResult Unprocessable(string field, string message) => Of(StatusCodes.Status422UnprocessableEntity, field, message);

    /// <summary>A problem with one field.</summary>
    public static ProblemHttpResult Of(int status, string field, string message) =>
        Of(status, message, new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [message] });

    /// <summary>A problem with several fields, and members of its own.</summary>
    public static ProblemHttpResult Of(
        int status, string detail, IDictionary<string, string[]> errors, IDictionary<string, object?>? extensions = null) =>
        TypedResults.Problem(new HttpValidationProblemDetails(errors)
        {
            Status = status,
            Title = ReasonPhrases.GetReasonPhrase(status),
            Detail = detail,
            Extensions = extensions ?? new Dictionary<string, object?>(StringComparer.Ordinal),
        });
}
