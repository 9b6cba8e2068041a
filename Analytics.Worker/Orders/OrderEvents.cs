using System.Text.Json;
using System.Text.Json.Serialization;

namespace Analytics.Worker.Orders;

/// <summary>How the order facts are read.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(OrderPlaced))]
[JsonSerializable(typeof(OrderConfirmed))]
[JsonSerializable(typeof(OrderRejected))]
[JsonSerializable(typeof(OrderCancelled))]
internal sealed partial class OrderEvents : JsonSerializerContext;
