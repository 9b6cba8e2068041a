namespace EventDriven.Messaging;

/// <summary>Configures a consumer group. Events without a handler are skipped.</summary>
public interface IConsumerBuilder
{
    /// <summary>Adds topics to read.</summary>
    IConsumerBuilder Subscribe(params ReadOnlySpan<Topic> topics);

    /// <summary>
    /// Adds topics to read as hearsay: best-effort information on which nothing may depend. A record that can't be read, is not admitted,
    /// or fails in every attempt is dropped and counted (<c>messaging.client.dropped.messages</c>). It becomes no dead letter, parks no key
    /// and opens no circuit breaker, and reconciliation does not expect it.
    /// </summary>
    IConsumerBuilder SubscribeToHearsay(params ReadOnlySpan<Topic> topics);

    /// <summary>
    /// Adds a handler for each event whose <see cref="IEventHandler{TEvent}"/> or <see cref="IEventBatchHandler{TEvent}"/> it implements. A
    /// handler that implements both for an event receives batches.
    /// </summary>
    /// <typeparam name="THandler">The container creates one for each event or batch.</typeparam>
    /// <param name="retry">Changes the service's retry policy (<c>Messaging:Retry</c>) for the events of this handler.</param>
    /// <exception cref="InvalidOperationException">
    /// The type handles no event, the group already has a handler for one of its events, or a record has personal data that does not admit
    /// null or does not say whose it is.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// An event's record has no <see cref="EventAttribute"/>, or its name is not a fact in the past tense (law L1).
    /// </exception>
    IConsumerBuilder AddHandler<THandler>(Func<RetryPolicy, RetryPolicy>? retry = null)
        where THandler : class;

    /// <summary>
    /// Keeps the group's offsets in the service's database, in the same transaction as the effect (law L11). They are committed to Kafka as
    /// well, for its tools, but never read from there. Each partition is one lane, so a retried event blocks its partition. The events of a
    /// transaction are applied in the order of their keys. Such a group uses no leases.
    /// </summary>
    IConsumerBuilder KeepOffsetsInDatabase();

    /// <summary>
    /// Lets the broker collect records for up to 0.25 s before it answers. Under a steady load, the group then needs fewer and larger
    /// transactions. Use it for a group whose effects nobody waits for.
    /// </summary>
    IConsumerBuilder ReadInBulk();
}
