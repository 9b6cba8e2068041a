using System.Text.Json.Nodes;
using EventDriven.Messaging.Contracts.Assemblies;

namespace EventDriven.Messaging.Contracts.Model;

/// <summary>What a service reads of an event.</summary>
/// <param name="Service">The service's assembly.</param>
/// <param name="Type">CloudEvents <c>type</c>.</param>
/// <param name="Record">The consumer's own record.</param>
/// <param name="Schema">What the record binds.</param>
/// <param name="At">Where the record is declared.</param>
/// <param name="Members">The members that are bound.</param>
internal sealed record ConsumedEvent(
    string Service, string Type, string Record, JsonObject Schema, SourceLocation At, IReadOnlyList<RecordMember> Members)
{
    /// <summary>The members that read a field, or a field within it.</summary>
    public IEnumerable<RecordMember> Reading(string path) =>
        Members.Where(member => member.Path == path || FieldPath.IsWithin(member.Path, path));
}
