using EventDriven.Messaging.Contracts.Assemblies;

namespace EventDriven.Messaging.Contracts.Model;

/// <summary>A member of a record that is bound to a field of an event's data.</summary>
/// <param name="Path">Path of the field: <c>lines[].quantity</c>.</param>
/// <param name="Name">The record and its property: <c>OrderPlacedLine.Quantity</c>.</param>
/// <param name="At">Where it is declared.</param>
internal sealed record RecordMember(string Path, string Name, SourceLocation At);
