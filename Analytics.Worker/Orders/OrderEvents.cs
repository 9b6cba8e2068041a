using System.Text.Json;
using System.Text.Json.Serialization;

namespace Analytics.Worker.Orders;

/// <summary>JSON deserialization of order events.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(OrderPlaced))]
[JsonSerializable(typeof(OrderConfirmed))]
[JsonSerializable(typeof(OrderRejected))]
[JsonSerializable(typeof(OrderCancelled))]
internal sealed partial class OrderEvents : JsonSerializerContext;
