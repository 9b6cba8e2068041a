using System.Text.Json;
using System.Text.Json.Serialization;

namespace Checkout.Api.Orders.StockFacts;

/// <summary>
/// JSON deserialization of Inventory's events: fields that Checkout doesn't declare are ignored, declared ones are required.
/// </summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(StockReserved))]
[JsonSerializable(typeof(StockRejected))]
internal sealed partial class StockFactsJson : JsonSerializerContext;
