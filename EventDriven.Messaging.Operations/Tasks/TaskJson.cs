using System.Text.Json;
using System.Text.Json.Serialization;

namespace EventDriven.Messaging.Operations.Tasks;

/// <summary>How a task's lines are written and read.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(TaskLine))]
internal sealed partial class TaskJson : JsonSerializerContext;
