namespace Checkout.Api.Idempotency;

/// <summary>Sends a stored answer, for the first time or again.</summary>
/// <param name="answer">The stored answer.</param>
/// <param name="preferenceApplied">The preference (RFC 7240) that was honoured; null if there was none.</param>
internal sealed class StoredAnswerResult(StoredAnswer answer, string? preferenceApplied = null) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = answer.Status;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = answer.Body.Length;
        if (answer.Location.Length > 0)
        {
            response.Headers.Location = answer.Location;
        }

        if (preferenceApplied is not null)
        {
            response.Headers["Preference-Applied"] = preferenceApplied;
        }

        return response.Body.WriteAsync(answer.Body, httpContext.RequestAborted).AsTask();
    }
}
