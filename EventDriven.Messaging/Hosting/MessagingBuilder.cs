using System.Text.Json.Serialization.Metadata;
using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Outbox.Writing;
using Microsoft.EntityFrameworkCore;

namespace EventDriven.Messaging.Hosting;

/// <summary>Says what a service announces and what it listens to.</summary>
/// <typeparam name="TContext">The service's own database.</typeparam>
public sealed class MessagingBuilder<TContext>
    where TContext : DbContext
{
    internal MessagingBuilder(string source) => Source = source;

    internal string Source { get; }

    internal List<PublishedEvent> Published { get; } = [];

    internal List<ConsumerGroup> Groups { get; } = [];

    internal Dictionary<Type, string> Sent { get; } = [];

    /// <summary>Lets the service announce <typeparamref name="TEvent"/> through <see cref="IOutbox"/>.</summary>
    /// <param name="eventType">Name of the fact, such as <c>eventdriven.orders.order-placed.v1</c>.</param>
    /// <param name="topic">Topic that it is sent to.</param>
    /// <param name="json">How its data is written.</param>
    /// <param name="key">Its subject and Kafka key: events with the same key are handled in the order in which they were committed.</param>
    /// <exception cref="ArgumentException">The name is not a fact in the past tense (law L1), or is registered already.</exception>
    public MessagingBuilder<TContext> Publishes<TEvent>(string eventType, string topic, JsonTypeInfo<TEvent> json, Func<TEvent, string> key)
        where TEvent : notnull
    {
        if (Published.Exists(p => p.Type == eventType || p.ClrType == typeof(TEvent)))
        {
            throw new ArgumentException($"'{eventType}' ({typeof(TEvent).Name}) is registered twice.", nameof(eventType));
        }

        Published.Add(PublishedEvent.Create(EventName.EnsureFact(eventType), topic, json, key));
        return this;
    }

    /// <summary>
    /// Says that a new row of <typeparamref name="TMessage"/> is something that leaves the system after its commit, such as an e-mail: a rehearsal counts
    /// what would be sent by it.
    /// </summary>
    /// <param name="what">What is sent, in the plural: <c>mails</c>.</param>
    /// <typeparam name="TMessage">An entity of the database.</typeparam>
    public MessagingBuilder<TContext> Sends<TMessage>(string what)
        where TMessage : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(what);
        Sent.Add(typeof(TMessage), what);
        return this;
    }

    /// <summary>Lets the service read topics as a consumer group of its own.</summary>
    /// <param name="group">Consumer group; one a service, so that each keeps its own progress (law L4).</param>
    /// <param name="configure">Topics and handlers.</param>
    public MessagingBuilder<TContext> Consumes(string group, Action<ConsumerGroup> configure)
    {
        var consumer = new ConsumerGroup(group);
        configure(consumer);
        consumer.Validate();
        Groups.Add(consumer);
        return this;
    }
}
