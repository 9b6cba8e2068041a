namespace EventDriven.Messaging.Contracts.Commands.Json;

/// <summary>The files that were written.</summary>
/// <param name="Files">Their paths; none when nothing has changed.</param>
internal sealed record WrittenFilesJson(IReadOnlyList<string> Files);
