using Microsoft.AspNetCore.Http.HttpResults;

namespace Analytics.Worker;

/// <summary>422 that names the field.</summary>
internal static class FieldError
{
    public static ProblemHttpResult Of(string field, string rule) =>
        TypedResults.Problem(new HttpValidationProblemDetails(new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [rule] })
        {
            Status = StatusCodes.Status422UnprocessableEntity,
        });
}
