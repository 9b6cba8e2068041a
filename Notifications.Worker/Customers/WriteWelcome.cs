using EventDriven.Messaging;
using Notifications.Worker.Contacts;
using Notifications.Worker.Messages;

namespace Notifications.Worker.Customers;

/// <summary>Writes the welcome message to a customer and stores the address.</summary>
internal sealed class WriteWelcome(ContactBook contacts, MessageWriter messages) : IEventBatchHandler<UserSignedUp>
{
    public async Task HandleAsync(IReadOnlyList<EventContext<UserSignedUp>> contexts, CancellationToken cancellationToken)
    {
        await contacts.RememberAsync(contexts.Select(c => (c.Data.CustomerId, c.Data.Email)), cancellationToken);
        await messages.WriteOnceAsync(
            contexts, MessageKind.Welcome, excluded: [], customer => customer.CustomerId, Values, cancellationToken);
    }

    private static Dictionary<string, string> Values(UserSignedUp customer) => new(StringComparer.Ordinal) { ["name"] = customer.Name };
}
