using System.Text.Json;
using System.Text.Json.Serialization;

namespace Recommendations.Worker.Baskets;

/// <summary>JSON deserialization of order events.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(OrderPlaced))]
internal sealed partial class OrderEvents : JsonSerializerContext;
