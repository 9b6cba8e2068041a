using System.Text.Json;
using System.Text.Json.Serialization;

namespace Checkout.Api.Orders;

/// <summary>JSON serialization of an order's lines in its row.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(IReadOnlyList<OrderLine>))]
internal sealed partial class OrderLineJson : JsonSerializerContext;
