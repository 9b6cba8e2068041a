using EventDriven.Messaging.Consuming.Handling;

namespace EventDriven.Messaging.Storage.Inbox;

/// <summary>What an inbox knows of some events.</summary>
/// <param name="Fresh">Those that were not applied before; their rows are inserted.</param>
/// <param name="Altered">Those of the others that say something else than what was applied.</param>
internal sealed record InboxAnswer(IReadOnlyList<EventAttempt> Fresh, IReadOnlyList<EventAttempt> Altered)
{
    public static readonly InboxAnswer None = new([], []);
}
