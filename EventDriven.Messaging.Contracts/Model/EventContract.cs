using System.Text.Json.Nodes;
using EventDriven.Messaging.Contracts.Assemblies;

namespace EventDriven.Messaging.Contracts.Model;

/// <summary>What a producer's record promises now.</summary>
/// <param name="Type">CloudEvents <c>type</c>.</param>
/// <param name="Topic">Topic of its major version.</param>
/// <param name="Record">The producer's record.</param>
/// <param name="Schema">Its schema.</param>
/// <param name="At">Where the record is declared.</param>
/// <param name="Members">Where each of its members, and of the records within it, is declared, by path.</param>
internal sealed record EventContract(
    string Type, string Topic, Type Record, JsonObject Schema, SourceLocation At, IReadOnlyList<RecordMember> Members)
{
    /// <summary>Where the member at a path is declared, or the one that it is within, or the record.</summary>
    public SourceLocation Locate(string path) => Members
        .Where(member => path == member.Path || FieldPath.IsWithin(path, member.Path))
        .MaxBy(member => member.Path.Length)?.At ?? At;
}
