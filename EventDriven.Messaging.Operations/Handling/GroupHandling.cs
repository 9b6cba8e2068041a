namespace EventDriven.Messaging.Operations.Handling;

/// <summary>What a group has handled in one instance of its service since that was started.</summary>
/// <param name="Group">The group.</param>
/// <param name="Durations">Attempts by how long they took, counted in <see cref="HandlingBuckets"/>.</param>
/// <param name="Ages">Handled events by the time from the fact to its committed effect, counted in <see cref="HandlingBuckets"/>.</param>
public sealed record GroupHandling(string Group, IReadOnlyList<long> Durations, IReadOnlyList<long> Ages);
