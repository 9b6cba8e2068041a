using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EventDriven.ServiceDefaults.Http;

/// <summary>
/// Problem details (RFC 9457). Each has a <c>code</c>; a problem about fields names them in <c>errors</c>. The writer adds the correlation
/// id (<see cref="ProblemWriter"/>).
/// </summary>
public static class Problems
{
    /// <summary>Name of the member that holds the code, one of <see cref="ProblemCodes"/>.</summary>
    public const string Code = "code";

    /// <summary>400: the request can't be read.</summary>
    public static ProblemHttpResult BadRequest(string field, string message, string code = ProblemCodes.InvalidRequest) =>
        Of(StatusCodes.Status400BadRequest, field, message, code);

    /// <summary>403: the caller may not do this.</summary>
    public static ProblemHttpResult Forbidden(string field, string message, string code = ProblemCodes.Forbidden) =>
        Of(StatusCodes.Status403Forbidden, field, message, code);

    /// <summary>404: the resource that the request names doesn't exist.</summary>
    public static ProblemHttpResult NotFound(string field, string message, string code = ProblemCodes.NotFound) =>
        Of(StatusCodes.Status404NotFound, field, message, code);

    /// <summary>409: the request conflicts with the current state.</summary>
    public static ProblemHttpResult Conflict(string field, string message, string code = ProblemCodes.Conflict) =>
        Of(StatusCodes.Status409Conflict, field, message, code);

    /// <summary>422: the request can be read, but a value in it is invalid.</summary>
    public static ProblemHttpResult Unprocessable(string field, string message, string code = ProblemCodes.InvalidValues) =>
        Of(StatusCodes.Status422UnprocessableEntity, field, message, code);

    /// <summary>A problem with one field.</summary>
    public static ProblemHttpResult Of(int status, string field, string message, string? code = null) =>
        Of(status, message, new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [message] }, code);

    /// <summary>A problem with several fields and additional members.</summary>
    public static ProblemHttpResult Of(
        int status, string detail, IDictionary<string, string[]> errors, string? code = null,
        IDictionary<string, object?>? extensions = null) =>
        With(new HttpValidationProblemDetails(errors), status, detail, code, extensions);

    /// <summary>A problem that is not about a field.</summary>
    public static ProblemHttpResult Plain(
        int status, string detail, string? code = null, IDictionary<string, object?>? extensions = null) =>
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
