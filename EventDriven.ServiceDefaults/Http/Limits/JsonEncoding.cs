using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace EventDriven.ServiceDefaults.Http.Limits;

/// <summary>JSON is UTF-8 (RFC 8259, section 8.1). The framework would transcode what it knows, and fail with a 500 on what it doesn't.</summary>
internal static class JsonEncoding
{
    private const string Utf8 = "utf-8";

    /// <summary>415 for a body that says to be in another encoding; null for any other.</summary>
    public static IResult? Refusal(HttpRequest request)
    {
        // What is no media type at all is refused where it is bound.
        if (request.ContentType is null or "application/json" or "application/json; charset=utf-8"
            || !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.Charset.HasValue)
        {
            return null;
        }

        if (!HeaderUtilities.RemoveQuotes(type.Charset).Equals(Utf8, StringComparison.OrdinalIgnoreCase))
        {
            return Problems.Of(StatusCodes.Status415UnsupportedMediaType, "Content-Type", "JSON is UTF-8: charset must be utf-8, or left out.");
        }

        // The framework knows no encoding of a name in quotes, which HTTP allows.
        request.ContentType = type.MediaType.Value;
        return null;
    }
}
