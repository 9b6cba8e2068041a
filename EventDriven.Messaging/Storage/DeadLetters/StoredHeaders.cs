using System.Text.Json;
using System.Text.Json.Serialization;
using Confluent.Kafka;

namespace EventDriven.Messaging.Storage.DeadLetters;

/// <summary>A record's headers as JSON, byte for byte.</summary>
internal sealed partial class StoredHeaders
{
    public static string Write(Headers? headers) => JsonSerializer.Serialize(
        [.. (headers ?? []).Select(h => new Header(h.Key.Replace("\0", "", StringComparison.Ordinal), h.GetValueBytes()))],
        Json.Default.HeaderArray);

    public static Headers Read(string json)
    {
        var headers = new Headers();
        foreach (var (name, value) in JsonSerializer.Deserialize(json, Json.Default.HeaderArray)!)
        {
            headers.Add(name, value);
        }

        return headers;
    }

    internal sealed record Header(string Name, byte[]? Value);

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(Header[]))]
    private sealed partial class Json : JsonSerializerContext;
}
