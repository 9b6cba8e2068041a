using System.Text.Json;
using System.Text.Json.Serialization;

namespace EventDriven.Benchmarks.Checkout;

/// <summary>How the twin's requests and answers are read and written.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(TwinOrder))]
[JsonSerializable(typeof(TwinOrderAnswer))]
internal sealed partial class TwinJson : JsonSerializerContext;
