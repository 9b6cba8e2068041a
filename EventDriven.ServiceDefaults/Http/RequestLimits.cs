using Microsoft.AspNetCore.Http;

namespace EventDriven.ServiceDefaults.Http;

/// <summary>
/// Limits of a request to any service. A request over a limit is refused with a problem document. Kestrel can't write one, so its own
/// limits are several times larger.
/// </summary>
public static class RequestLimits
{
    /// <summary>Largest body, in bytes. Kestrel counts the framing of a chunked body too.</summary>
    public const int BodyBytes = 64 * 1024;

    /// <summary>Longest path and query together, in characters as sent.</summary>
    public const int TargetCharacters = 8 * 1024;

    /// <summary>Largest headers, names and values together, in characters.</summary>
    public const int HeaderBytes = 16 * 1024;

    /// <summary>Maximum number of header lines.</summary>
    public const int HeaderCount = 64;

    /// <summary>Deepest nesting of JSON.</summary>
    public const int JsonDepth = 16;

    /// <summary>Factor by which Kestrel's limits are larger.</summary>
    internal const int HardFactor = 4;

    /// <summary>Timeout of a request; an endpoint may set another one (<c>WithRequestTimeout</c>).</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(30);

    /// <summary>Longest time from the first to the last byte of a request's headers.</summary>
    public static readonly TimeSpan HeadersDuration = TimeSpan.FromSeconds(10);

    /// <summary>The problem if the request's target or headers are over a limit; otherwise null.</summary>
    internal static IResult? Refusal(HttpRequest request, string target)
    {
        if (target.Length > TargetCharacters)
        {
            return Problems.Plain(StatusCodes.Status414UriTooLong, $"Path and query may have at most {TargetCharacters} characters.");
        }

        var (size, count) = (0, 0);
        foreach (var (name, values) in request.Headers)
        {
            count += values.Count;
            foreach (var value in values)
            {
                size += name.Length + (value?.Length ?? 0);
            }
        }

        if (count > HeaderCount)
        {
            return Problems.Plain(StatusCodes.Status431RequestHeaderFieldsTooLarge, $"There may be at most {HeaderCount} headers.");
        }

        return size > HeaderBytes
            ? Problems.Plain(StatusCodes.Status431RequestHeaderFieldsTooLarge, $"Headers may have at most {HeaderBytes} characters.")
            : null;
    }
}
