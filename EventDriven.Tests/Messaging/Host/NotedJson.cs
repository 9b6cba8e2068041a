using System.Text.Json;
using System.Text.Json.Serialization;

namespace EventDriven.Tests.Messaging.Host;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Noted))]
internal sealed partial class NotedJson : JsonSerializerContext;
