namespace EventDriven.Messaging.Consumer;

/// <summary>What a transaction applied.</summary>
/// <param name="Fresh">The events that were applied for the first time, and are committed now.</param>
/// <param name="HandlersTook">Time that their handlers took.</param>
internal sealed record AppliedEvents(IReadOnlyList<EventAttempt> Fresh, TimeSpan HandlersTook)
{
    public static readonly AppliedEvents None = new([], TimeSpan.Zero);
}
