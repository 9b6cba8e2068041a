namespace EventDriven.Messaging.Contracts.Commands.Json;

/// <summary>A consumer that reads a field.</summary>
/// <param name="Service">The service.</param>
/// <param name="Member">Property of the consumer's record.</param>
/// <param name="Source">Where that is declared.</param>
internal sealed record FieldReaderJson(string Service, string Member, string Source);
