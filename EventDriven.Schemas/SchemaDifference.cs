namespace EventDriven.Schemas;

/// <summary>A difference between two versions of a schema.</summary>
/// <param name="Rule">The name of the rule, as Confluent's Schema Registry spells it where it has one: <c>MAX_LENGTH_DECREASED</c>.</param>
/// <param name="Path">The place in the schema, such as <c>#/properties/total</c>. A <c>$ref</c> is no step of it.</param>
/// <param name="Old">The old fragment as JSON; null when there was none.</param>
/// <param name="Updated">The updated fragment as JSON; null when there is none.</param>
/// <param name="BreaksBackward">The updated schema refuses a document that the old one admits.</param>
/// <param name="BreaksForward">The old schema refuses a document that the updated one admits.</param>
/// <param name="Message">What has changed and what follows, in one sentence.</param>
public sealed record SchemaDifference(
    string Rule, string Path, string? Old, string? Updated, bool BreaksBackward, bool BreaksForward, string Message);
