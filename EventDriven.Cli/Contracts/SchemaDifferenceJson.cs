using System.Text.Json.Nodes;

namespace EventDriven.Cli.Contracts;

/// <summary>A difference of two schemas.</summary>
/// <param name="Earlier">The file that it is a difference from.</param>
/// <param name="Rule">Its rule.</param>
/// <param name="Path">Where in the schema.</param>
/// <param name="Old">The earlier fragment; null when there is none.</param>
/// <param name="New">The later fragment; null when there is none.</param>
/// <param name="BreaksBackward">Whether it breaks backward.</param>
/// <param name="BreaksForward">Whether it breaks forward.</param>
/// <param name="Message">The same, for a person.</param>
internal sealed record SchemaDifferenceJson(
    string Earlier,
    string Rule,
    string Path,
    JsonNode? Old,
    JsonNode? New,
    bool BreaksBackward,
    bool BreaksForward,
    string Message);
