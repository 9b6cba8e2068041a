using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EventDriven.ServiceDefaults.Http;

/// <summary>The errors of a request, by field, such as <c>lines[0].quantity</c>.</summary>
public sealed class FieldErrors
{
    private readonly Dictionary<string, string[]> _errors = new(StringComparer.Ordinal);

    /// <summary>Whether there is any error.</summary>
    public bool Any => _errors.Count > 0;

    /// <summary>Whether this field has no error so far.</summary>
    public bool IsGood(string field) => !_errors.ContainsKey(field);

    /// <summary>Adds an error of a field.</summary>
    public void Add(string field, string message) => _errors[field] = [.. _errors.GetValueOrDefault(field, []), message];

    /// <summary>Adds <paramref name="message"/> unless <paramref name="good"/>.</summary>
    public void Require(bool good, string field, string message)
    {
        if (!good)
        {
            Add(field, message);
        }
    }

    /// <summary>The answer 422 with all errors.</summary>
    public ProblemHttpResult ToProblem() => Problems.Of(
        StatusCodes.Status422UnprocessableEntity,
        "The request can be read, but not carried out; see errors.",
        _errors,
        ProblemCodes.InvalidValues);
}
