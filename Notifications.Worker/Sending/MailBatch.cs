using System.Security.Cryptography;
using EventDriven.Messaging;
using EventDriven.Messaging.Privacy;
using EventDriven.Messaging.Telemetry;
using Microsoft.Extensions.Options;

namespace Notifications.Worker.Sending;

/// <summary>
/// Sends due messages. E-mail has no transactions (law L11): if this process dies after the mail server accepted a message and before its
/// row records it, the message is sent again after its lease, with the same <c>Message-ID</c>, by which a mailbox can detect the duplicate.
/// <see cref="SentMessages"/> bounds this window.
/// </summary>
internal sealed partial class MailBatch(
    MailQueue queue, IMailTransport transport, Recipients recipients, MailComposer composer, MailTelemetry telemetry,
    IOptions<MailOptions> options, TimeProvider time, ILogger<MailBatch> logger)
{
    /// <summary>Most messages taken at a time.</summary>
    internal const int Size = 50;

    /// <summary>Takes a batch and sends it, one after another.</summary>
    /// <returns>Whether more messages may be worth trying now.</returns>
    public async Task<bool> SendAsync(CancellationToken stoppingToken)
    {
        var lease = Guid.CreateVersion7(time.GetUtcNow());
        var taking = time.GetTimestamp();
        var taken = await queue.TakeAsync(lease, Size, stoppingToken);
        if (taken.Count == 0)
        {
            return false;
        }

        var bound = options.Value.Lease - options.Value.Timeout;
        var tried = 0;
        var outcome = MailOutcome.Sent;
        await using (var sent = new SentMessages(queue, time))
        await using (var session = transport.Open())
        {
            for (; tried < taken.Count && time.GetElapsedTime(taking) < bound && !stoppingToken.IsCancellationRequested; tried++)
            {
                // If the server doesn't answer for one message, the rest of the batch is not sent.
                outcome = outcome.Verdict == MailVerdict.Unreachable ? outcome : await SendAsync(session, taken[tried]);
                await NoteAsync(taken[tried], lease, outcome, sent);
            }
        }

        if (tried < taken.Count)
        {
            using var patience = new CancellationTokenSource(SentMessages.NotingTimeout, time);
            await queue.ReleaseAsync(lease, patience.Token);
        }

        return outcome.Verdict != MailVerdict.Unreachable && (taken.Count == Size || tried < taken.Count);
    }

    private async Task<MailOutcome> SendAsync(IMailSession session, DueMessage message)
    {
        // Not the host's token: a message that is under way finishes within the timeout.
        using var timeout = new CancellationTokenSource(options.Value.Timeout, time);
        CorrelationContext.Current = new CorrelationContext(message.CorrelationId, message.EventId);
        using var scope = logger.BeginScope(new CorrelationScope(CorrelationContext.Current));
        using var activity = telemetry.StartSending(message);

        MailOutcome outcome;
        try
        {
            outcome = await recipients.OpenAsync(message, timeout.Token) is { } opened
                ? await SendOpenedAsync(session, opened, timeout.Token)
                : new MailOutcome(MailVerdict.Forgotten);
        }
        catch (SubjectKeysUnavailableException)
        {
            outcome = new MailOutcome(MailVerdict.Deferred, "no-key");
        }
        catch (Exception exception) when (exception is CryptographicException or KeyNotFoundException)
        {
            outcome = new MailOutcome(MailVerdict.Refused, "unreadable-address");
        }
        catch (Exception exception) when (
            exception is FormatException or InvalidOperationException or NotSupportedException or ArgumentException)
        {
            // A message that makes the mail library fail must not keep the others from being sent.
            outcome = new MailOutcome(MailVerdict.Deferred, exception.GetType().Name);
        }

        telemetry.Tried(message, outcome, activity);
        switch (outcome.Verdict)
        {
            case MailVerdict.Sent:
                Log.Sent(logger, message.Kind, message.EventId);
                break;
            case MailVerdict.Forgotten:
                Log.Forgotten(logger, message.Kind, message.EventId);
                break;
            case MailVerdict.Refused:
                Log.Refused(logger, message.Kind, message.EventId, outcome.Error);
                break;
            default:
                Log.NotSent(logger, message.Kind, message.EventId, message.Attempts + 1, outcome.Error);
                break;
        }

        return outcome;
    }

    private async Task<MailOutcome> SendOpenedAsync(IMailSession session, DueMessage opened, CancellationToken cancellationToken)
    {
        using var mail = composer.Compose(opened);
        return mail is not null ? await session.SendAsync(mail, cancellationToken) : new MailOutcome(MailVerdict.Refused, "no-address");
    }

    private async Task NoteAsync(DueMessage message, Guid lease, MailOutcome outcome, SentMessages sent)
    {
        if (outcome.Verdict == MailVerdict.Sent)
        {
            await sent.AddAsync(message);
            return;
        }

        using var patience = new CancellationTokenSource(SentMessages.NotingTimeout, time);
        switch (outcome.Verdict)
        {
            case MailVerdict.Forgotten:
                await queue.ForgottenAsync(message, lease, patience.Token);
                break;
            case MailVerdict.Refused:
                await queue.RefusedAsync(message, lease, outcome.Error, patience.Token);
                break;
            default:
                var pause = BackOff.After(options.Value, message.Attempts + 1, Random.Shared.NextDouble());
                await queue.DeferredAsync(message, lease, pause, outcome.Error, patience.Token);
                break;
        }
    }

    private static partial class Log
    {
        // At level Debug, to trace a single message: a line for each is too much otherwise.
        [LoggerMessage(1, LogLevel.Debug, "Sent {Kind} of event {EventId}.")]
        public static partial void Sent(ILogger logger, string kind, string eventId);

        [LoggerMessage(4, LogLevel.Debug, "{Kind} of event {EventId} is not sent: the customer was forgotten.")]
        public static partial void Forgotten(ILogger logger, string kind, string eventId);

        [LoggerMessage(2, LogLevel.Warning, "Mail server refused {Kind} of event {EventId} permanently ({Error}). It is not tried again.")]
        public static partial void Refused(ILogger logger, string kind, string eventId, string? error);

        [LoggerMessage(3, LogLevel.Warning, "Message {Kind} of event {EventId} was not sent in attempt {Attempt} "
            + "({Error}). It is tried again.")]
        public static partial void NotSent(ILogger logger, string kind, string eventId, int attempt, string? error);
    }
}
