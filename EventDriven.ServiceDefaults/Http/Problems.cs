using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EventDriven.ServiceDefaults.Http;

/// <summary>
/// Problem details (RFC 9457). Each has a <c>code</c> and, when it is about fields of the request, names them in <c>errors</c>; the correlation
/// id is added where it is written (<see cref="ProblemWriter"/>).
/// </summary>
public static class Problems
{
    /// <summary>Name of the member that holds one of <see cref="ProblemCodes"/>.</summary>
    public const string Code = "code";

    /// <summary>The request can't be read.</summary>
    public static ProblemHttpResult BadRequest(string field, string message, string code = ProblemCodes.InvalidRequest) =>
        Of(StatusCodes.Status400BadRequest, field, message, code);

    /// <summary>What the request names isn't there.</summary>
    public static ProblemHttpResult NotFound(string field, string message, string code = ProblemCodes.NotFound) =>
        Of(StatusCodes.Status404NotFound, field, message, code);

    /// <summary>The request can be read and doesn't go with what is already there.</summary>
    public static ProblemHttpResult Conflict(string field, string message, string code = ProblemCodes.Conflict) =>
        Of(StatusCodes.Status409Conflict, field, message, code);

    /// <summary>The request can be read and makes no sense.</summary>
    public static ProblemHttpResult Unprocessable(string field, string message, string code = ProblemCodes.InvalidValues) =>
        Of(StatusCodes.Status422UnprocessableEntity, field, message, code);

    /// <summary>A problem with one field.</summary>
    public static ProblemHttpResult Of(int status, string field, string message, string? code = null) =>
        Of(status, message, new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [message] }, code);

    /// <summary>A problem with several fields, and members of its own.</summary>
    public static ProblemHttpResult Of(
        int status, string detail, IDictionary<string, string[]> errors, string? code = null, IDictionary<string, object?>? extensions = null) =>
        With(new HttpValidationProblemDetails(errors), status, detail, code, extensions);

    /// <summary>A problem with no field of the request.</summary>
    public static ProblemHttpResult Plain(int status, string detail, string? code = null, IDictionary<string, object?>? extensions = null) =>
        With(new ProblemDetails(), status, detail, code, extensions);

    private static ProblemHttpResult With(
        ProblemDetails problem, int status, string detail, string? code, IDictionary<string, object?>? extensions)
    {
        problem.Status = status;
        problem.Title = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status);
        problem.Detail = detail;
        problem.Extensions = extensions ?? new Dictionary<string, object?>(StringComparer.Ordinal);
        problem.Extensions[Code] = code ?? ProblemCodes.Of(status, hasRoute: true);
        return TypedResults.Problem(problem);
    }
}
