using System.Text.Json.Serialization;

namespace EventDriven.Messaging.Privacy.Sealing;

/// <summary>Writes a text as JSON, without reflection.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class PersonalJson : JsonSerializerContext;
