using EventDriven.Chaos.Checking.Rules;
using EventDriven.Contracts.Customers;
using EventDriven.Contracts.Orders;
using EventDriven.Contracts.Payments;

namespace EventDriven.Chaos.Checking.Effects;

/// <summary>Each fact that Notifications has handled has one message of its kind, and each message has its fact.</summary>
internal sealed class MessageRule() : Rule("L6")
{
    private const string Group = "notifications";

    public override IEnumerable<Finding> Check(CheckedRun run)
    {
        var messages = run.Evidence.Notifications.Messages.ToLookup(message => (message.About, message.Kind, message.Reference));
        foreach (var doubled in messages.Where(same => same.Count() > 1))
        {
            yield return Finding.Of($"{doubled.Key.About} has {doubled.Count()} messages {doubled.Key.Kind}.", doubled);
        }

        foreach (var message in run.Evidence.Notifications.Messages.Where(message => run.Find(message.Identity) is null))
        {
            yield return Finding.Of($"Message {message.MessageId} is about an event that is not on the log.", message);
        }

        foreach (var record in run.Events.Where(record => run.IsHandled(Group, record)))
        {
            if (Of(record.Event!.Fact) is { } expected && !messages.Contains(expected))
            {
                yield return Finding.Of($"Notifications has handled {record.Event.Name} of {record.Key}, and wrote no message.", record);
            }
        }
    }

    private static (Guid About, string Kind, string? Reference)? Of(object? fact) => fact switch
    {
        OrderPlaced placed => (placed.OrderId, "order-received", null),
        OrderConfirmed confirmed => (confirmed.OrderId, "order-confirmed", null),
        OrderRejected rejected => (rejected.OrderId, "order-rejected", null),
        OrderCancelled cancelled => (cancelled.OrderId, "order-cancelled", null),
        PaymentCaptured captured => (captured.OrderId, "payment-received", captured.ProviderReference),
        PaymentRefused refused => (refused.OrderId, "payment-refused", refused.ProviderReference),
        PaymentRefunded refunded => (refunded.OrderId, "payment-refunded", refunded.ProviderReference),
        UserSignedUp signedUp => (signedUp.CustomerId, "welcome", null),
        _ => null,
    };
}
