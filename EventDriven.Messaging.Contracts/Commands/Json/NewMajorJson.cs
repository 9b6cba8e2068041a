namespace EventDriven.Messaging.Contracts.Commands.Json;

/// <summary>The next major version of a topic.</summary>
/// <param name="Files">Paths of the files that were written.</param>
/// <param name="Next">What else to write, for a person.</param>
internal sealed record NewMajorJson(IReadOnlyList<string> Files, string Next);
