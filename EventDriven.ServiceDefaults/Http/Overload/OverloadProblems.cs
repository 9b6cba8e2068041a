using Microsoft.AspNetCore.Http;

namespace EventDriven.ServiceDefaults.Http.Overload;

/// <summary>Answers to what is refused before anything of it was carried out, so that it may be repeated as it is.</summary>
internal static class OverloadProblems
{
    /// <summary>503: the service has as much to do as it takes on.</summary>
    public static RetryLater Overloaded(TimeSpan after) => Of(
        StatusCodes.Status503ServiceUnavailable,
        "The service has too much to do. Nothing of this was carried out: repeat it as it is.",
        ProblemCodes.Overloaded,
        after);

    /// <summary>429: this caller sends more than its share.</summary>
    public static RetryLater TooMany(string reason, TimeSpan after) => Of(
        StatusCodes.Status429TooManyRequests,
        $"{reason} Nothing of this was carried out: repeat it as it is.",
        ProblemCodes.TooManyRequests,
        after);

    private static RetryLater Of(int status, string detail, string code, TimeSpan after) => new(
        Problems.Plain(
            status, detail, code, new Dictionary<string, object?>(StringComparer.Ordinal) { ["repeat"] = RepeatRule.Safe.Code }),
        after);
}
