using System.Net.Http.Headers;

namespace EventDriven.Messaging.Events;

/// <summary>Which content types say that something is JSON in UTF-8.</summary>
internal static class JsonMediaType
{
    public const string Json = "application/json";

    /// <summary>Makes sure that data of this type can be read.</summary>
    /// <exception cref="UnreadableEventException">It is something else, or in another encoding.</exception>
    public static void Require(string contentType, string name)
    {
        if (!Is(contentType, Json))
        {
            throw new UnreadableEventException($"{name} is {CloudEventAttribute.Quoted(contentType)}, not {Json} in UTF-8.");
        }
    }

    /// <summary>Whether a content type is a media type, with UTF-8 as its character set where it names one (RFC 9110, section 8.3.1).</summary>
    public static bool Is(string contentType, string mediaType) =>
        contentType == mediaType
        || (MediaTypeHeaderValue.TryParse(contentType, out var parsed)
            && string.Equals(parsed.MediaType, mediaType, StringComparison.OrdinalIgnoreCase)
            && (parsed.CharSet is null || string.Equals(parsed.CharSet.Trim('"'), "utf-8", StringComparison.OrdinalIgnoreCase)));
}
