using System.Text.Json;
using System.Text.Json.Serialization;

namespace Analytics.Worker.Revenue;

/// <summary>How the payment facts are read.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(PaymentCaptured))]
[JsonSerializable(typeof(PaymentRefunded))]
internal sealed partial class PaymentEvents : JsonSerializerContext;
