using System.Text.Json;
using System.Text.Json.Serialization;

namespace Analytics.Worker.Revenue;

/// <summary>JSON deserialization of payment events.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(PaymentCaptured))]
[JsonSerializable(typeof(PaymentRefunded))]
internal sealed partial class PaymentEvents : JsonSerializerContext;
