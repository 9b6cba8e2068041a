using System.Text.Json;
using System.Text.Json.Serialization;

namespace Checkout.Api.Orders.StockFacts;

/// <summary>How Inventory's events are read: fields that Checkout doesn't declare are ignored, and those it declares must be there.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(StockReserved))]
[JsonSerializable(typeof(StockRejected))]
internal sealed partial class StockFactsJson : JsonSerializerContext;
