using System.Text.Json;

namespace EventDriven.Schemas.Reading;

/// <summary>URIs of the resources within a document.</summary>
internal static class ResourceUri
{
    /// <summary>The URI that an element has by its own <c>$id</c>, else that of its parent.</summary>
    public static string Of(JsonElement element, string parent) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty("$id", out var id)
        && id.ValueKind == JsonValueKind.String
        && Identifier(id.GetString()!) is { Length: > 0 } identifier
            ? Resolve(parent, identifier)
            : parent;

    /// <summary>A reference as seen from a resource.</summary>
    public static string Resolve(string resource, string reference)
    {
        if (Uri.TryCreate(resource, UriKind.Absolute, out var absolute) && !absolute.IsFile)
        {
            return Uri.TryCreate(absolute, reference, out var resolved) ? resolved.AbsoluteUri : reference;
        }

        return Uri.TryCreate(reference, UriKind.Absolute, out var own) && !own.IsFile ? own.AbsoluteUri : reference;
    }

    // Draft 7 writes an anchor as an $id that is a fragment alone.
    private static string Identifier(string id) => id.Split('#')[0];
}
