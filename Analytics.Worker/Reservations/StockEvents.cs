using System.Text.Json;
using System.Text.Json.Serialization;

namespace Analytics.Worker.Reservations;

/// <summary>JSON deserialization of stock events.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(StockReserved))]
internal sealed partial class StockEvents : JsonSerializerContext;
