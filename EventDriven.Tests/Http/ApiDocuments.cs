using System.Net;
using System.Text.Json;
using EventDriven.Identity;
using EventDriven.Tests.Authorization;
using EventDriven.Tests.Checkout.Host;

namespace EventDriven.Tests.Http;

/// <summary>Reads the services' OpenAPI documents.</summary>
internal static class ApiDocuments
{
    /// <summary>The operations, by method and path such as <c>GET /orders/{id}</c>.</summary>
    public static async Task<Dictionary<string, JsonElement>> ReadOperationsAsync(this HttpClient client)
    {
        using var answer = await client.GetAsync("/openapi/v1.json", TestContext.Current.CancellationToken);
        var document = await answer.ReadAsync(HttpStatusCode.OK);
        return document.GetProperty("paths").EnumerateObject()
            .SelectMany(
                path => path.Value.EnumerateObject(),
                (path, operation) => (Call: $"{operation.Name.ToUpperInvariant()} {path.Name}", operation.Value))
            .ToDictionary(operation => operation.Call, operation => operation.Value, StringComparer.Ordinal);
    }

    /// <summary>The request that an operation's examples make.</summary>
    public static HttpRequestMessage ToExample(this JsonElement operation, string call)
    {
        var (method, path) = (call.Split(' ')[0], call.Split(' ')[1]);
        var query = new List<string>();
        var headers = new List<(string, string)>();
        foreach (var parameter in operation.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray().ToArray() : [])
        {
            var name = parameter.GetProperty("name").GetString()!;
            if (!parameter.TryGetProperty("example", out var example))
            {
                continue;
            }

            var value = Uri.EscapeDataString(example.ToString());
            switch (parameter.GetProperty("in").GetString())
            {
                case "path":
                    path = path.Replace($"{{{name}}}", value, StringComparison.Ordinal);
                    break;
                case "query":
                    query.Add($"{name}={value}");
                    break;
                default:
                    headers.Add((name, example.ToString()));
                    break;
            }
        }

        var request = new HttpRequestMessage(HttpMethod.Parse(method), query.Count == 0 ? path : $"{path}?{string.Join('&', query)}");
        headers.ForEach(header => request.Headers.Add(header.Item1, header.Item2));
        var security = operation.TryGetProperty("security", out var required) ? required.GetRawText() : "";
        if (security.Contains("\"services\"", StringComparison.Ordinal))
        {
            _ = security.Contains(Scopes.KeysRead, StringComparison.Ordinal)
                ? request.AsService(Audiences.Checkout, Scopes.KeysRead) : request.AsService();
        }

        if (operation.TryGetProperty("requestBody", out var body))
        {
            var json = body.GetProperty("content").GetProperty("application/json").GetProperty("example").GetRawText();
            request.Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        }

        return request;
    }
}
