using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using EventDriven.Messaging.Validation;
using Microsoft.EntityFrameworkCore;

namespace EventDriven.Messaging.Testing;

/// <summary>
/// Runs handlers in unit tests as a consumer runs them, without Kafka and PostgreSQL: the event's correlation id flows, changes are saved
/// after the event, actions for after the commit run then, and the test receives the events that the handler published.
/// </summary>
/// <remarks>It keeps no inbox and retries nothing: the library guarantees that, and tests it.</remarks>
/// <param name="database">The context that the handler writes to, on any provider; null if it writes to none.</param>
/// <param name="time">The clock of ids and times; by default the system's.</param>
[RequiresUnreferencedCode(NoTrimming.Reason)]
[RequiresDynamicCode(NoTrimming.Reason)]
public sealed class HandlerHarness(DbContext? database = null, TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly FakeOutbox _outbox = new(time ?? TimeProvider.System);
    private readonly List<Action> _onCommitted = [];

    /// <summary>The outbox to give to the handler.</summary>
    public IOutbox Outbox => _outbox;

    /// <summary>Attributes of a new event with this data, to be changed with <c>with</c>.</summary>
    public EventEnvelope EnvelopeOf<TEvent>(TEvent data) => new EventContext<TEvent>(data).Envelope with { Time = _time.GetUtcNow() };

    /// <summary>Handles one event.</summary>
    /// <param name="handler">The handler, created with <see cref="Outbox"/>.</param>
    /// <param name="data">The event's data.</param>
    /// <param name="envelope">The event's attributes; by default those of <see cref="EnvelopeOf"/>.</param>
    /// <param name="cancellationToken">Passed to the handler.</param>
    /// <returns>
    /// The events that the handler published, in order. If the handler throws, they are dropped and the caller gets the exception.
    /// </returns>
    /// <exception cref="UnreadableEventException">
    /// The data violates an attribute of its record, so a consumer would not call the handler.
    /// </exception>
    public async Task<IReadOnlyList<PublishedEvent>> HandleAsync<TEvent>(
        IEventHandler<TEvent> handler, TEvent data, EventEnvelope? envelope = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Admit(data);
        var context = Context(data, envelope ?? EnvelopeOf(data));
        return await RunAsync(() => HandleAsync(handler, context, cancellationToken), cancellationToken);
    }

    /// <summary>Handles several events at once.</summary>
    /// <param name="handler">The handler, created with <see cref="Outbox"/>.</param>
    /// <param name="events">Data and envelope of each.</param>
    /// <param name="cancellationToken">Passed to the handler.</param>
    /// <returns>
    /// The events that the handler published, in order. If the handler throws, they are dropped and the caller gets the exception.
    /// </returns>
    /// <exception cref="UnreadableEventException">
    /// The data violates an attribute of its record, so a consumer would not call the handler.
    /// </exception>
    public async Task<IReadOnlyList<PublishedEvent>> HandleBatchAsync<TEvent>(
        IEventBatchHandler<TEvent> handler,
        IReadOnlyList<(TEvent Data, EventEnvelope Envelope)> events,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(events);
        foreach (var (data, _) in events)
        {
            Admit(data);
        }

        EventContext<TEvent>[] contexts = [.. events.Select(e => Context(e.Data, e.Envelope))];
        return await RunAsync(() => HandleAsync(handler, contexts, cancellationToken), cancellationToken);
    }

    // As a consumer does before a handler is called.
    private static void Admit<TEvent>(TEvent data)
    {
        if (RecordChecks.Of<TEvent>(JsonNamingPolicy.CamelCase)?.Find(data) is { } refusal)
        {
            throw UnreadableEventException.OfData(typeof(TEvent), $"{refusal}");
        }
    }

    private static async Task HandleAsync<TEvent>(
        IEventHandler<TEvent> handler, EventContext<TEvent> context, CancellationToken cancellationToken)
    {
        using var entered = context.Enter();
        await handler.HandleAsync(context, cancellationToken);
    }

    // The batch's context ends with this method, as any change of an asynchronous local does.
    private static async Task HandleAsync<TEvent>(
        IEventBatchHandler<TEvent> handler, EventContext<TEvent>[] contexts, CancellationToken cancellationToken)
    {
        CorrelationContext.BeginBatch();
        await handler.HandleAsync(contexts, cancellationToken);
    }

    private EventContext<TEvent> Context<TEvent>(TEvent data, EventEnvelope envelope) =>
        new(data, envelope, onCommitted: _onCommitted.Add);

    private async Task<IReadOnlyList<PublishedEvent>> RunAsync(Func<Task> handle, CancellationToken cancellationToken)
    {
        try
        {
            await handle();
            if (database is not null)
            {
                await database.SaveChangesAsync(cancellationToken);
            }

            _onCommitted.ForEach(action => action());
            return _outbox.Take();
        }
        finally
        {
            // As in a service, the next handler reads from the database, and a failure leaves nothing behind.
            database?.ChangeTracker.Clear();
            _onCommitted.Clear();
            _outbox.Take();
        }
    }
}
