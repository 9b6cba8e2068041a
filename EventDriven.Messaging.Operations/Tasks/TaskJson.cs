using System.Text.Json;
using System.Text.Json.Serialization;

namespace EventDriven.Messaging.Operations.Tasks;

/// <summary>Serialises the lines of tasks.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(TaskLine))]
internal sealed partial class TaskJson : JsonSerializerContext;
