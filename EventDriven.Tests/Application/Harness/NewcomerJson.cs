using System.Text.Json;
using System.Text.Json.Serialization;

namespace EventDriven.Tests.Application.Harness;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(PlacedOrder))]
internal sealed partial class NewcomerJson : JsonSerializerContext;
