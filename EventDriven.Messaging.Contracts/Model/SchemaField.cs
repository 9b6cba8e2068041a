using System.Text.Json.Nodes;

namespace EventDriven.Messaging.Contracts.Model;

/// <summary>A field of a schema.</summary>
/// <param name="Path">Its path: <c>lines[].quantity</c>.</param>
/// <param name="Schema">Its fragment.</param>
/// <param name="IsRequired">Whether the object that has it requires it.</param>
internal sealed record SchemaField(string Path, JsonObject Schema, bool IsRequired);
