using System.Text.Json;
using System.Text.Json.Serialization;

namespace EventDriven.Messaging.Receipts;

/// <summary>JSON serialization of receipts.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ReceiptBatch))]
internal sealed partial class ReceiptJson : JsonSerializerContext;
