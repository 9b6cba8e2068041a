using System.Text.Json;
using System.Text.Json.Serialization;

namespace Analytics.Worker.Journeys;

/// <summary>JSON deserialization of receipts.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(EventsHandled))]
internal sealed partial class JourneyEvents : JsonSerializerContext;
