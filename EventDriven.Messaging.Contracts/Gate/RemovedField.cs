namespace EventDriven.Messaging.Contracts.Gate;

/// <summary>A field that was released and is gone from the record.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Fragment">Its schema when it was released last.</param>
/// <param name="Version">The version that had it last.</param>
/// <param name="IsDeprecated">Whether it was released as deprecated.</param>
internal sealed record RemovedField(string Path, string Fragment, string Version, bool IsDeprecated);
