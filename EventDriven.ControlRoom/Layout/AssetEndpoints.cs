using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace EventDriven.ControlRoom.Layout;

/// <summary>Style, script and icon, from the program itself. Their addresses change with their content, so browsers keep them.</summary>
internal static class AssetEndpoints
{
    private const int VersionLength = 16;

    private static readonly FrozenDictionary<string, Asset> Assets =
        new[] { ("control-room.css", "text/css"), ("live.js", "text/javascript"), ("icon.svg", "image/svg+xml") }
            .ToFrozenDictionary(asset => asset.Item1, asset => Read(asset.Item1, asset.Item2), StringComparer.Ordinal);

    /// <summary>Address of one.</summary>
    public static string Url(string name) => $"/assets/{name}?v={Assets[name].Version}";

    public static void MapAssets(this IEndpointRouteBuilder app) => app.MapGet("/assets/{name}", Get).AllowAnonymous();

    private static Results<FileContentHttpResult, NotFound> Get(string name, HttpContext http)
    {
        if (Assets.GetValueOrDefault(name) is not { } asset)
        {
            return TypedResults.NotFound();
        }

        http.Response.Headers.CacheControl = http.Request.Query["v"] == asset.Version ? "public, max-age=31536000, immutable" : "no-cache";
        return TypedResults.File(asset.Content, asset.ContentType, entityTag: new EntityTagHeaderValue($"\"{asset.Version}\""));
    }

    private static Asset Read(string name, string contentType)
    {
        using var stream = typeof(AssetEndpoints).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The asset {name} is not in the program.");
        using var content = new MemoryStream();
        stream.CopyTo(content);
        var bytes = content.ToArray();
        return new Asset(bytes, $"{contentType}; charset=utf-8", Convert.ToHexStringLower(SHA256.HashData(bytes))[..VersionLength]);
    }

    private sealed record Asset(byte[] Content, string ContentType, string Version);
}
