namespace EventDriven.Messaging.Contracts.Commands.Json;

/// <summary>An event, and who reads it.</summary>
/// <param name="Type">CloudEvents type.</param>
/// <param name="Topic">Topic.</param>
/// <param name="Producers">Services that publish it.</param>
/// <param name="Fields">Its fields.</param>
internal sealed record ContractUsageJson(string Type, string Topic, IReadOnlyList<string> Producers, IReadOnlyList<FieldUsageJson> Fields);
