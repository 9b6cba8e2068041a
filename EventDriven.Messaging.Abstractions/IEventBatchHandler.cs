namespace EventDriven.Messaging;

/// <summary>
/// Applies events that wait, together: for effects that one statement can write for all of them. The transaction and its promises are those
/// of <see cref="IEventHandler{TEvent}"/>. An exception rolls all of them back, and each is then handed over alone.
/// </summary>
/// <remarks>
/// Events of different keys come in any order, those of one key in theirs. What a handler announces must be announced within
/// <see cref="EventContext{TEvent}.Enter"/> of the event that caused it. Two batches of a group never have a key in common, but may lock
/// the same other rows: lock those in a fixed order.
/// </remarks>
/// <typeparam name="TEvent">The consumer's own record of the event, with only the fields that it reads.</typeparam>
public interface IEventBatchHandler<TEvent>
{
    /// <summary>Applies the events.</summary>
    /// <param name="contexts">One or more, each for the first time.</param>
    /// <param name="cancellationToken">The time of the attempt is over, or the partition is lost.</param>
    Task HandleAsync(IReadOnlyList<EventContext<TEvent>> contexts, CancellationToken cancellationToken);
}
