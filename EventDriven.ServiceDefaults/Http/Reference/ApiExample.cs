using System.Text.Json.Nodes;

namespace EventDriven.ServiceDefaults.Http.Reference;

/// <summary>A request that works when it is copied: the OpenAPI document shows it, and a test sends it.</summary>
/// <param name="Parameters">Values in path, query and headers, by name.</param>
/// <param name="Body">The JSON body; null if there is none.</param>
public sealed record ApiExample(IReadOnlyDictionary<string, string> Parameters, JsonNode? Body = null)
{
    /// <summary>A request with one parameter.</summary>
    public static ApiExample Of(string name, string value, JsonNode? body = null) =>
        new(new Dictionary<string, string>(StringComparer.Ordinal) { [name] = value }, body);

    /// <summary>A request with a body and no parameters.</summary>
    public static ApiExample Of(JsonNode body) => new(new Dictionary<string, string>(StringComparer.Ordinal), body);
}
