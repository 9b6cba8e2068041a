using System.Text.Json;
using System.Text.Json.Serialization;

namespace EventDriven.Benchmarks.Service;

/// <summary>How <see cref="SaleRecorded"/> is written and read.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SaleRecorded))]
internal sealed partial class SaleJson : JsonSerializerContext;
