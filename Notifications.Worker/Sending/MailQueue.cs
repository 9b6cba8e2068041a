using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Notifications.Worker.Database;

namespace Notifications.Worker.Sending;

/// <summary>
/// The messages that wait to be sent. A taken message is reserved for its sender until the lease ends. Each call is one statement. When a
/// message is due and a lease ends is said by the database's clock, which all instances have: one of theirs may be wrong, and set right.
/// </summary>
internal sealed class MailQueue(NotificationsDbContext database, IOptions<MailOptions> options, TimeProvider time)
{
    /// <summary>Takes due messages whose address is known, and commits this before any of them is sent.</summary>
    /// <param name="lease">Id of the lease.</param>
    /// <param name="atMost">Maximum number of messages.</param>
    /// <param name="cancellationToken">Cancels before anything is taken.</param>
    public async Task<IReadOnlyList<DueMessage>> TakeAsync(Guid lease, int atMost, CancellationToken cancellationToken)
    {
        var taken = await database.Database.SqlQuery<DueMessage>(
            $"""
            WITH due AS MATERIALIZED (
                SELECT m.identity, m.kind, c.email, c.name
                -- OFFSET keeps this a look-up for each of the few messages that are taken, never a join of all contacts. A customer is
                -- forgotten when their own contact has no address; that of an order may have been stored later.
                FROM messages m CROSS JOIN LATERAL (
                    SELECT name,
                        CASE WHEN NOT EXISTS (SELECT FROM contacts WHERE about = known.customer AND email IS NULL) THEN email END AS email
                    FROM contacts known WHERE about = m.about OFFSET 0) c
                WHERE m.state = 'Pending' AND m.due_at <= now() AND (m.locked_until IS NULL OR m.locked_until <= now())
                ORDER BY m.due_at LIMIT {atMost}
                FOR UPDATE OF m SKIP LOCKED)
            UPDATE messages m SET lease = {lease}, locked_until = now() + {options.Value.Lease}
            FROM due WHERE m.identity = due.identity AND m.kind = due.kind
            RETURNING m.identity, m.event_id, m.kind, m.subject, m.body, m.attempts, m.happened_at, m.correlation_id, m.trace_parent,
                due.email, due.name
            """).ToListAsync(cancellationToken);
        return [.. taken.OrderBy(m => m.HappenedAt)];
    }

    /// <summary>Records that messages were sent. It doesn't need the lease, because sending has happened.</summary>
    public Task<int> SentAsync(IReadOnlyCollection<DueMessage> messages, CancellationToken cancellationToken) =>
        database.Database.ExecuteSqlAsync(
        $"""
        UPDATE messages m SET state = CASE WHEN m.state = 'Pending' THEN 'Sent' ELSE m.state END, sent_at = {time.GetUtcNow()},
            last_error = NULL, attempts = attempts + 1, lease = NULL, locked_until = NULL
        FROM unnest({messages.Select(message => message.Identity).ToArray()},
            {messages.Select(message => message.Kind).ToArray()}) AS sent (identity, kind)
        WHERE m.identity = sent.identity AND m.kind = sent.kind AND m.state IN ('Pending', 'Withdrawing')
        """,
        cancellationToken);

    /// <summary>Records that a message was refused permanently.</summary>
    public Task<int> RefusedAsync(DueMessage message, Guid lease, string? error, CancellationToken cancellationToken) =>
        database.Database.ExecuteSqlAsync(
            $"""
            UPDATE messages SET state = 'Refused', last_error = {error}, attempts = attempts + 1, lease = NULL, locked_until = NULL
            WHERE identity = {message.Identity} AND kind = {message.Kind} AND lease = {lease} AND state = 'Pending'
            """,
            cancellationToken);

    /// <summary>Records that a message is not sent, because its customer was forgotten.</summary>
    public Task<int> ForgottenAsync(DueMessage message, Guid lease, CancellationToken cancellationToken) =>
        database.Database.ExecuteSqlAsync(
            $"""
            UPDATE messages SET state = 'Forgotten', lease = NULL, locked_until = NULL
            WHERE identity = {message.Identity} AND kind = {message.Kind} AND lease = {lease} AND state = 'Pending'
            """,
            cancellationToken);

    /// <summary>Messages of forgotten customers that nobody is sending.</summary>
    public async Task<IReadOnlyList<WithdrawnMessage>> WithdrawingAsync(int atMost, CancellationToken cancellationToken) =>
        await database.Database.SqlQuery<WithdrawnMessage>(
            $"""
            SELECT identity, kind FROM messages WHERE state = 'Withdrawing' AND (locked_until IS NULL OR locked_until <= now())
            ORDER BY identity LIMIT {atMost}
            """).ToListAsync(cancellationToken);

    /// <summary>Records that no copy of messages is kept any more.</summary>
    public Task<int> WithdrawnAsync(IReadOnlyCollection<WithdrawnMessage> messages, CancellationToken cancellationToken) =>
        database.Database.ExecuteSqlAsync(
            $"""
            UPDATE messages m SET state = 'Forgotten', lease = NULL, locked_until = NULL
            FROM unnest({messages.Select(message => message.Identity).ToArray()},
                {messages.Select(message => message.Kind).ToArray()}) AS withdrawn (identity, kind)
            WHERE m.identity = withdrawn.identity AND m.kind = withdrawn.kind AND m.state = 'Withdrawing'
            """,
            cancellationToken);

    /// <summary>Returns a message to the queue for a later attempt.</summary>
    public Task<int> DeferredAsync(DueMessage message, Guid lease, TimeSpan pause, string? error, CancellationToken cancellationToken) =>
        database.Database.ExecuteSqlAsync(
            $"""
            UPDATE messages
            SET due_at = now() + {pause}, last_error = {error}, attempts = attempts + 1, lease = NULL, locked_until = NULL
            WHERE identity = {message.Identity} AND kind = {message.Kind} AND lease = {lease}
            """,
            cancellationToken);

    /// <summary>Returns messages that were taken and not tried.</summary>
    public Task<int> ReleaseAsync(Guid lease, CancellationToken cancellationToken) => database.Database.ExecuteSqlAsync(
        $"UPDATE messages SET lease = NULL, locked_until = NULL WHERE lease = {lease} AND state = 'Pending'", cancellationToken);
}
