using Microsoft.AspNetCore.Http.HttpResults;

namespace Inventory.Worker;

/// <summary>Collects what is wrong with a request, by the name of the field.</summary>
internal sealed class FieldErrors
{
    private readonly Dictionary<string, string[]> _errors = new(StringComparer.Ordinal);

    /// <summary>422 with an error for each field; null when all of them are right.</summary>
    public ProblemHttpResult? Problem => _errors.Count == 0
        ? null
        : TypedResults.Problem(new HttpValidationProblemDetails(_errors) { Status = StatusCodes.Status422UnprocessableEntity });

    public void Require(bool condition, string field, string rule)
    {
        if (!condition)
        {
            _errors[field] = [rule];
        }
    }
}
