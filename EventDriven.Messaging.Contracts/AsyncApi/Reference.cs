using System.Text.Json.Nodes;

namespace EventDriven.Messaging.Contracts.AsyncApi;

/// <summary>References within a document.</summary>
internal static class Reference
{
    /// <summary><c>$ref: '#/channels/orders.v1'</c>.</summary>
    public static JsonObject To(params string[] path) => new()
    {
        ["$ref"] = "#/" + string.Join('/', path.Select(part =>
            part.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal))),
    };
}
