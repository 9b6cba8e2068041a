namespace EventDriven.Messaging.Consumer;

/// <summary>What a transaction applied.</summary>
/// <param name="Fresh">The events that were applied for the first time, and are committed now.</param>
/// <param name="Singles">How many of them handlers of single events took.</param>
/// <param name="HandlersTook">Time that those handlers took.</param>
/// <param name="HandlersWaited">The part of it in which they did not use the database.</param>
/// <param name="TransactionTook">Time that the transaction took without any handler.</param>
internal sealed record AppliedEvents(IReadOnlyList<EventAttempt> Fresh, int Singles, TimeSpan HandlersTook, TimeSpan HandlersWaited, TimeSpan TransactionTook)
{
    public static readonly AppliedEvents None = new([], 0, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);
}
