using System.Net.Http.Headers;

namespace EventDriven.Messaging.Events;

/// <summary>Recognizes the content types of JSON in UTF-8.</summary>
internal static class JsonMediaType
{
    public const string Json = "application/json";

    /// <summary>Checks that data of this content type can be read.</summary>
    /// <exception cref="UnreadableEventException">The data is not JSON, or not in UTF-8.</exception>
    public static void Require(string contentType, string name)
    {
        if (!Is(contentType, Json))
        {
            throw new UnreadableEventException($"{name} is {CloudEventAttribute.Quoted(contentType)}, not {Json} in UTF-8.");
        }
    }

    /// <summary>Whether a content type has this media type, and either UTF-8 or no character set (RFC 9110, section 8.3.1).</summary>
    public static bool Is(string contentType, string mediaType) =>
        contentType == mediaType
        || (MediaTypeHeaderValue.TryParse(contentType, out var parsed)
            && string.Equals(parsed.MediaType, mediaType, StringComparison.OrdinalIgnoreCase)
            && (parsed.CharSet is null || string.Equals(parsed.CharSet.Trim('"'), "utf-8", StringComparison.OrdinalIgnoreCase)));
}
