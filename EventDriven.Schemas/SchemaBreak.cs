namespace EventDriven.Schemas;

/// <summary>A difference that makes an updated schema incompatible.</summary>
/// <param name="Earlier">The name of the version that it breaks with.</param>
/// <param name="Difference">The difference from that version.</param>
public sealed record SchemaBreak(string Earlier, SchemaDifference Difference);
