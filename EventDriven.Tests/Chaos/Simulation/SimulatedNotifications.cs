using EventDriven.Chaos.Evidence.Logs;
using EventDriven.Chaos.Evidence.Notifications;
using EventDriven.Chaos.Histories;
using EventDriven.Contracts.Customers;
using EventDriven.Contracts.Orders;
using EventDriven.Contracts.Payments;

namespace EventDriven.Tests.Chaos.Simulation;

/// <summary>Messages and mails. Its handlers rely on the inbox, too.</summary>
internal sealed class SimulatedNotifications(World world)
{
    private readonly List<StoredMessage> _messages = [];
    private readonly List<string> _mails = [];
    private readonly List<MailHandOver> _handOvers = [];
    private readonly List<FaultReport> _deaths = [];
    private readonly Dictionary<Guid, Guid> _addressed = [];
    private readonly HashSet<Guid> _forgotten = [];

    /// <summary>What is left of it.</summary>
    public NotificationsEvidence Evidence => new(_messages, _mails, _addressed);

    /// <summary>Each mail that it has handed over.</summary>
    public IReadOnlyList<MailHandOver> HandOvers => _handOvers;

    /// <summary>The deaths of its process between a mail and the note that it was sent.</summary>
    public IReadOnlyList<FaultReport> Deaths => _deaths;

    /// <summary>Whether there is something to send.</summary>
    public bool HasWork => _messages.Exists(IsDue);

    /// <summary>The handler.</summary>
    public void Handle(LoggedRecord record)
    {
        switch (record.Event!.Fact)
        {
            case OrderPlaced placed:
                Remember(placed.OrderId, placed.CustomerId);
                Write(record, "order-received", placed.OrderId);
                break;
            case OrderConfirmed confirmed:
                Write(record, "order-confirmed", confirmed.OrderId);
                break;
            case OrderRejected rejected:
                Write(record, "order-rejected", rejected.OrderId);
                break;
            case OrderCancelled cancelled:
                Write(record, "order-cancelled", cancelled.OrderId);
                break;
            case PaymentCaptured captured:
                Write(record, "payment-received", captured.OrderId, captured.ProviderReference);
                break;
            case PaymentRefused refused:
                Write(record, "payment-refused", refused.OrderId, refused.ProviderReference);
                break;
            case PaymentRefunded refunded:
                Write(record, "payment-refunded", refunded.OrderId, refunded.ProviderReference);
                break;
            case UserSignedUp signedUp:
                Remember(signedUp.CustomerId, signedUp.CustomerId);
                Write(record, "welcome", signedUp.CustomerId);
                break;
            case CustomerForgotten forgotten:
                Forget(forgotten.CustomerId);
                break;
        }
    }

    /// <summary>Sends a message. If the process dies before that is recorded, it is sent again.</summary>
    public void Send()
    {
        if (_messages.FindIndex(IsDue) is var index and >= 0)
        {
            var message = _messages[index];
            var isSentAgain = _mails.Contains(message.MessageId);
            if (!world.Shows(Defect.SentBeforeMail, 0.1))
            {
                HandOver(isSentAgain && world.Has(Defect.MailWithAnotherId) ? $"{message.MessageId}.2" : message.MessageId);
            }

            if (world.Shows(Defect.MailSentTwice, 0.1))
            {
                HandOver(message.MessageId);
            }

            if (world.Chance(0.15))
            {
                _deaths.Add(new FaultReport(
                    new PlannedFault(
                        _deaths.Count + 1, "kill-service", "notifications", world.Now - World.Begin, TimeSpan.Zero,
                        new Dictionary<string, string>(StringComparer.Ordinal)),
                    world.Now, world.Now, TookEffect: true, "before the mail was noted"));
            }
            else
            {
                _messages[index] = message with { State = "Sent" };
            }
        }
    }

    private void HandOver(string messageId)
    {
        _mails.Add(messageId);
        _handOvers.Add(new MailHandOver(messageId, world.Now));
    }

    private bool IsDue(StoredMessage message) => message.State == "Pending" && _addressed.ContainsKey(message.About);

    private void Write(LoggedRecord record, string kind, Guid about, string? reference = null) =>
        _messages.Add(new StoredMessage(record.Event!.Identity, kind, about, reference, "Pending"));

    private void Remember(Guid about, Guid customer)
    {
        if (!_forgotten.Contains(customer))
        {
            _addressed[about] = customer;
        }
    }

    private void Forget(Guid customer)
    {
        _forgotten.Add(customer);
        var about = _addressed.Where(contact => contact.Value == customer).Select(contact => contact.Key).ToHashSet();
        for (var i = 0; i < _messages.Count; i++)
        {
            if (about.Contains(_messages[i].About))
            {
                _mails.RemoveAll(mail => mail.StartsWith(_messages[i].MessageId, StringComparison.Ordinal));
                _messages[i] = _messages[i] with { State = "Forgotten" };
            }
        }

        foreach (var contact in about)
        {
            _addressed.Remove(contact);
        }
    }
}
