using System.Text.Json;

namespace EventDriven.Schemas.Rules;

/// <summary>A difference between two schemas, with the JSON that it is about.</summary>
internal sealed record Finding(string Rule, string Path, JsonElement Old, JsonElement Updated, Breaks Breaks, string Message);
