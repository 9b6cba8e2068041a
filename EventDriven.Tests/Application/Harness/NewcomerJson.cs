using System.Text.Json;
using System.Text.Json.Serialization;

namespace EventDriven.Tests.Application.Harness;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(PlacedOrder))]
internal sealed partial class NewcomerJson : JsonSerializerContext;
