using System.Text.Json;
using System.Text.Json.Serialization;

namespace Notifications.Worker.Privacy;

/// <summary>JSON of Checkout's keys, generated at build time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(KeyAnswer))]
[JsonSerializable(typeof(KeyProblem))]
internal sealed partial class KeysJson : JsonSerializerContext;
