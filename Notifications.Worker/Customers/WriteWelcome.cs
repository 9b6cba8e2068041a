using EventDriven.Messaging.Consumer;
using Notifications.Worker.Contacts;
using Notifications.Worker.Messages;

namespace Notifications.Worker.Customers;

/// <summary>Welcomes a customer, and remembers where to write to.</summary>
internal sealed class WriteWelcome(ContactBook contacts, MessageWriter messages) : IEventHandler<UserSignedUp>
{
    public async Task HandleAsync(EventContext<UserSignedUp> context, CancellationToken cancellationToken)
    {
        var customer = context.Data;
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = customer.Name };
        await contacts.RememberAsync(customer.CustomerId, customer.Email, cancellationToken);
        await messages.WriteAsync(context, MessageKind.Welcome, customer.CustomerId, values, cancellationToken);
    }
}
