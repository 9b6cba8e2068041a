using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace EventDriven.ServiceDefaults.Http.Limits;

/// <summary>
/// Accepts JSON in UTF-8 only (RFC 8259, section 8.1). The framework would transcode encodings that it knows, and answer 500 to others.
/// </summary>
internal static class JsonEncoding
{
    private const string Utf8 = "utf-8";

    /// <summary>415 if the body declares another encoding; otherwise null.</summary>
    public static IResult? Refusal(HttpRequest request)
    {
        // Model binding refuses a value that is not a media type.
        if (request.ContentType is null or "application/json" or "application/json; charset=utf-8"
            || !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.Charset.HasValue)
        {
            return null;
        }

        if (!HeaderUtilities.RemoveQuotes(type.Charset).Equals(Utf8, StringComparison.OrdinalIgnoreCase))
        {
            return Problems.Of(
                StatusCodes.Status415UnsupportedMediaType, "Content-Type", "JSON is UTF-8: charset must be utf-8, or left out.");
        }

        // HTTP allows quotes around the name; the framework doesn't accept them.
        request.ContentType = type.MediaType.Value;
        return null;
    }
}
