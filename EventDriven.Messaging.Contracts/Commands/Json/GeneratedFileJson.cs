namespace EventDriven.Messaging.Contracts.Commands.Json;

/// <summary>A file that is made.</summary>
/// <param name="File">Its path.</param>
/// <param name="Written">Whether it was written; not with --check.</param>
/// <param name="UpToDate">Whether it says now what it must.</param>
internal sealed record GeneratedFileJson(string File, bool Written, bool UpToDate);
