using System.Text.Json;
using System.Text.Json.Serialization;

namespace EventDriven.Tests.Messaging.Host;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Noted))]
internal sealed partial class NotedJson : JsonSerializerContext;
