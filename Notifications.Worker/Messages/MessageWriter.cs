using System.Diagnostics;
using EventDriven.Messaging;
using Microsoft.EntityFrameworkCore;
using Notifications.Worker.Database;
using Notifications.Worker.Sending;

namespace Notifications.Worker.Messages;

/// <summary>Writes messages in the transaction of their events.</summary>
internal sealed class MessageWriter(NotificationsDbContext database, MailSignal signal)
{
    /// <summary>
    /// Renders and stores a message for each event, for facts that happen once to an order or customer. If another event repeats the fact,
    /// nothing is written. Facts are equal if the customer would read the same text.
    /// </summary>
    /// <param name="contexts">The events.</param>
    /// <param name="kind">One of <see cref="MessageKind"/>.</param>
    /// <param name="excluded">Kinds of messages that exclude this one.</param>
    /// <param name="about">The order or customer that an event is about.</param>
    /// <param name="values">Values for the template.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <exception cref="ContradictoryEventException">A different fact of this kind is stored already, or an excluded kind is.</exception>
    public Task WriteOnceAsync<TEvent>(
        IReadOnlyList<EventContext<TEvent>> contexts,
        string kind,
        string[] excluded,
        Func<TEvent, Guid> about,
        Func<TEvent, IReadOnlyDictionary<string, string>> values,
        CancellationToken cancellationToken) =>
        WriteAsync(contexts, kind, excluded, data => new Fact(about(data), Reference: null), values, cancellationToken);

    /// <summary>
    /// Renders and stores a message for each event, for facts that may happen several times to an order, once a reference.
    /// </summary>
    /// <param name="contexts">The events.</param>
    /// <param name="kind">One of <see cref="MessageKind"/>.</param>
    /// <param name="about">The order that an event is about.</param>
    /// <param name="reference">Distinguishes the facts about the order.</param>
    /// <param name="values">What the template names.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <exception cref="ContradictoryEventException">A different fact is stored already under the same reference.</exception>
    public Task WriteOnceAsync<TEvent>(
        IReadOnlyList<EventContext<TEvent>> contexts,
        string kind,
        Func<TEvent, Guid> about,
        Func<TEvent, string> reference,
        Func<TEvent, IReadOnlyDictionary<string, string>> values,
        CancellationToken cancellationToken) =>
        WriteAsync(contexts, kind, excluded: [], data => new Fact(about(data), reference(data)), values, cancellationToken);

    private async Task WriteAsync<TEvent>(
        IReadOnlyList<EventContext<TEvent>> contexts,
        string kind,
        string[] excluded,
        Func<TEvent, Fact> fact,
        Func<TEvent, IReadOnlyDictionary<string, string>> values,
        CancellationToken cancellationToken)
    {
        var template = Template.Of(kind);
        var told = contexts.Select(c => (Context: c, Fact: fact(c.Data), Text: template.Render(values(c.Data)))).ToArray();
        var ids = Array.ConvertAll(told, t => t.Fact.About);
        var before = (await database.Messages.AsNoTracking()
            .Where(m => ids.Contains(m.About) && (m.Kind == kind || excluded.Contains(m.Kind)))
            .Select(m => new { m.Identity, m.About, m.Reference, m.Kind, m.Subject, m.Body })
            .ToListAsync(cancellationToken)).ToLookup(m => new Fact(m.About, m.Reference));
        var first = told.GroupBy(t => t.Fact).Where(t => !before.Contains(t.Key)).ToDictionary(t => t.Key, t => t.First());
        foreach (var (context, key, text) in told)
        {
            var differs = first.TryGetValue(key, out var earlier)
                ? earlier.Text != text
                : before[key].Any(m => m.Kind != kind || (m.Identity != context.Envelope.Identity() && (m.Subject, m.Body) != text));
            if (differs)
            {
                throw new ContradictoryEventException($"{kind}: something else was told before.");
            }
        }

        if (first.Count > 0)
        {
            await StoreAsync(kind, [.. first.Values], cancellationToken);
        }
    }

    // Wakes the sender after the commit. Event and kind are a message's key, so that a replay of events that the inbox has forgotten writes
    // no message twice.
    private async Task StoreAsync<TEvent>(
        string kind, (EventContext<TEvent> Context, Fact Fact, (string Subject, string Body) Text)[] messages,
        CancellationToken cancellationToken)
    {
        await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO messages (identity, event_id, kind, about, reference, subject, body, state, attempts, happened_at, due_at,
                correlation_id, trace_parent)
            SELECT identity, event_id, {kind}, about, reference, subject, body, 'Pending', 0, happened_at, now(),
                correlation_id, trace_parent
            FROM unnest(
                {Array.ConvertAll(messages, m => m.Context.Envelope.Identity())},
                {Array.ConvertAll(messages, m => m.Context.Envelope.DisplayId())},
                {Array.ConvertAll(messages, m => m.Fact.About)},
                {Array.ConvertAll(messages, m => m.Fact.Reference)},
                {Array.ConvertAll(messages, m => m.Text.Subject)},
                {Array.ConvertAll(messages, m => m.Text.Body)},
                {Array.ConvertAll(messages, m => m.Context.Envelope.Time.ToUniversalTime())},
                {Array.ConvertAll(messages, m => m.Context.Envelope.CorrelationId)},
                {Array.ConvertAll(messages, m => Trace(m.Context))})
                AS message (identity, event_id, about, reference, subject, body, happened_at, correlation_id, trace_parent)
            ON CONFLICT DO NOTHING
            """,
            cancellationToken);
        messages[0].Context.OnCommitted(signal.Set);
    }

    // The event's own span, so that sending belongs to the trace of the event.
    private static string? Trace<TEvent>(EventContext<TEvent> context)
    {
        using var entered = context.Enter();
        return Activity.Current?.Id;
    }

    /// <summary>Identifies a fact of one kind.</summary>
    private readonly record struct Fact(Guid About, string? Reference);
}
