using System.Text.Json;
using System.Text.Json.Serialization;

namespace Notifications.Worker.Payments;

/// <summary>JSON deserialization of payment events.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(PaymentCaptured))]
[JsonSerializable(typeof(PaymentRefused))]
[JsonSerializable(typeof(PaymentRefunded))]
internal sealed partial class PaymentEvents : JsonSerializerContext;
