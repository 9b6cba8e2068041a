using System.Diagnostics;
using EventDriven.Messaging.Consumer;
using Microsoft.EntityFrameworkCore;
using Notifications.Worker.Database;
using Notifications.Worker.Sending;

namespace Notifications.Worker.Messages;

/// <summary>Writes the rows that say what to send, in the transaction of their events.</summary>
internal sealed class MessageWriter(NotificationsDbContext database, MailSignal signal, TimeProvider time)
{
    /// <summary>
    /// Renders and stores a message for each event, and wakes the sender once that is committed. Event and kind are its key, so that a replay that
    /// the inbox no longer remembers still writes nobody twice.
    /// </summary>
    /// <param name="contexts">The events.</param>
    /// <param name="kind">One of <see cref="MessageKind"/>.</param>
    /// <param name="about">The order or customer that an event is about.</param>
    /// <param name="values">What the template names.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public async Task WriteAsync<TEvent>(
        IReadOnlyList<EventContext<TEvent>> contexts,
        string kind,
        Func<TEvent, Guid> about,
        Func<TEvent, IReadOnlyDictionary<string, string>> values,
        CancellationToken cancellationToken)
    {
        var template = Template.Of(kind);
        var texts = contexts.Select(c => template.Render(values(c.Data))).ToArray();
        await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO messages (identity, event_id, kind, about, subject, body, state, attempts, happened_at, due_at, correlation_id, trace_parent)
            SELECT identity, event_id, {kind}, about, subject, body, 'Pending', 0, happened_at, {time.GetUtcNow()}, correlation_id, trace_parent
            FROM unnest(
                {contexts.Select(c => c.Envelope.Identity()).ToArray()},
                {contexts.Select(c => c.Envelope.DisplayId()).ToArray()},
                {contexts.Select(c => about(c.Data)).ToArray()},
                {Array.ConvertAll(texts, t => t.Subject)},
                {Array.ConvertAll(texts, t => t.Body)},
                {contexts.Select(c => c.Envelope.Time.ToUniversalTime()).ToArray()},
                {contexts.Select(c => c.Envelope.CorrelationId).ToArray()},
                {contexts.Select(Trace).ToArray()}) AS message (identity, event_id, about, subject, body, happened_at, correlation_id, trace_parent)
            ON CONFLICT DO NOTHING
            """,
            cancellationToken);
        contexts[0].OnCommitted(signal.Set);
    }

    // Of the event's own span: sending stands in the trace of the event.
    private static string? Trace<TEvent>(EventContext<TEvent> context)
    {
        using var entered = context.Enter();
        return Activity.Current?.Id;
    }
}
