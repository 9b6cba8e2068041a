using System.Text.Json;
using System.Text.Json.Serialization;

namespace Inventory.Worker.Orders;

/// <summary>JSON deserialization of order events.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(OrderPlaced))]
[JsonSerializable(typeof(OrderCancelled))]
internal sealed partial class OrderEvents : JsonSerializerContext;
