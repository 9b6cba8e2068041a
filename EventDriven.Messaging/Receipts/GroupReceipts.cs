using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Consuming.Failing;
using EventDriven.Messaging.Storage.DeadLetters;

namespace EventDriven.Messaging.Receipts;

/// <summary>Writes a group's receipts, if <see cref="ReceiptOptions.Enabled"/> is on.</summary>
internal sealed class GroupReceipts(string group, string receiptTopic, ReceiptQueue queue, TimeProvider time)
{
    /// <summary>Records the end of an attempt to handle an event.</summary>
    public void Add(EventAttempt attempt, string outcome, TimeSpan took) => Add(
        attempt.Id,
        attempt.Fingerprint.Identity,
        attempt.Envelope.Subject,
        attempt.Delivery.Topic,
        attempt.Envelope.Type,
        attempt.Envelope.Time,
        outcome,
        attempt.Delivery.Attempt,
        took);

    /// <summary>Records a dead letter. A record whose event id can't be read gets no receipt.</summary>
    public void Add(DeadLetterEntry deadLetter)
    {
        if (deadLetter.Record.Key is { } key && deadLetter.Envelope() is { } envelope)
        {
            var outcome = deadLetter.Reason == DeadLetterReason.Behind ? ReceiptOutcome.Behind : ReceiptOutcome.Parked;
            Add(
                envelope.DisplayId(),
                envelope.Identity(),
                key,
                deadLetter.Record.Topic,
                envelope.Type,
                envelope.Time,
                outcome,
                deadLetter.Failures,
                TimeSpan.Zero);
        }
    }

    private void Add(
        string eventId, Guid identity, string key, string topic, string type, DateTimeOffset happened, string outcome,
        int attempts, TimeSpan took)
    {
        // Receipts of receipts would go on for ever.
        if (topic != receiptTopic)
        {
            queue.Add(
                new Receipt(
                    group, eventId, identity, key, topic, type, happened, outcome, attempts, Math.Round(took.TotalMilliseconds, 3),
                    time.GetUtcNow()));
        }
    }
}
