using EventDriven.Messaging;
using EventDriven.Messaging.Privacy;
using Notifications.Worker.Contacts;
using Notifications.Worker.Sending;

namespace Notifications.Worker.Customers;

/// <summary>Forgets a customer's address and name, and sends nothing more.</summary>
internal sealed class ForgetCustomer(ContactBook contacts, ISubjectKeyReader keys, MailSignal signal)
    : IEventBatchHandler<CustomerForgotten>
{
    public async Task HandleAsync(IReadOnlyList<EventContext<CustomerForgotten>> contexts, CancellationToken cancellationToken)
    {
        foreach (var context in contexts)
        {
            keys.Drop(context.Data.CustomerId.ToString());
        }

        await contacts.ForgetAsync([.. contexts.Select(c => c.Data.CustomerId).Distinct().Order()], cancellationToken);
        contexts[0].OnCommitted(signal.Set);
    }
}
