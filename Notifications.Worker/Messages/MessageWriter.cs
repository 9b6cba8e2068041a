using System.Diagnostics;
using EventDriven.Messaging.Consumer;
using Microsoft.EntityFrameworkCore;
using Notifications.Worker.Database;
using Notifications.Worker.Sending;

namespace Notifications.Worker.Messages;

/// <summary>Writes the row that says what to send, in the transaction of the event.</summary>
internal sealed class MessageWriter(NotificationsDbContext database, MailSignal signal, TimeProvider time)
{
    /// <summary>
    /// Renders and stores the message, and wakes the sender once that is committed. Event and kind are its key, so that a replay that the
    /// inbox no longer remembers still writes nobody twice.
    /// </summary>
    public async Task WriteAsync<TEvent>(
        EventContext<TEvent> context, string kind, Guid about, IReadOnlyDictionary<string, string> values, CancellationToken cancellationToken)
    {
        var envelope = context.Envelope;
        var (subject, body) = Template.Of(kind).Render(values);
        await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO messages (event_id, kind, about, subject, body, state, attempts, happened_at, due_at, correlation_id, trace_parent)
            VALUES ({envelope.Id}, {kind}, {about}, {subject}, {body}, 'Pending', 0, {envelope.Time}, {time.GetUtcNow()},
                {envelope.CorrelationId}, {Activity.Current?.Id})
            ON CONFLICT DO NOTHING
            """,
            cancellationToken);
        context.OnCommitted(signal.Set);
    }
}
