namespace EventDriven.Messaging.Testing;

/// <summary>An event that a handler added to the outbox of a <see cref="HandlerHarness"/>.</summary>
/// <param name="Id">The id that <see cref="IOutbox.Add"/> returned.</param>
/// <param name="Data">The event's record.</param>
/// <param name="OccurredAt">When the fact happened, UTC.</param>
/// <param name="CorrelationId">The correlation id that consumers of the event will see.</param>
/// <param name="CausationId">The id of the handled event.</param>
public sealed record PublishedEvent(Guid Id, object Data, DateTimeOffset OccurredAt, string CorrelationId, string CausationId);
