using EventDriven.Messaging.Operations.Logs;

namespace EventDriven.ControlRoom.Tail;

/// <summary>What a topic had last.</summary>
/// <param name="Events">Events since somebody watches, newest first.</param>
/// <param name="PassedOver">How many more there were.</param>
/// <param name="Problem">Why nothing can be read; null if it can.</param>
internal sealed record TailSnapshot(IReadOnlyList<LoggedEvent> Events, long PassedOver, string? Problem);
