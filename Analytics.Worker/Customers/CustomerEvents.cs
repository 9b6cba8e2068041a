using System.Text.Json;
using System.Text.Json.Serialization;

namespace Analytics.Worker.Customers;

/// <summary>JSON deserialization of customer events.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(UserSignedUp))]
internal sealed partial class CustomerEvents : JsonSerializerContext;
