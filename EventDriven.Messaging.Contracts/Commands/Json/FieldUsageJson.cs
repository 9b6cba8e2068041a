namespace EventDriven.Messaging.Contracts.Commands.Json;

/// <summary>A field of an event.</summary>
/// <param name="Path">Where it is in the data.</param>
/// <param name="ReadBy">Who reads it; none when nobody does.</param>
internal sealed record FieldUsageJson(string Path, IReadOnlyList<FieldReaderJson> ReadBy);
