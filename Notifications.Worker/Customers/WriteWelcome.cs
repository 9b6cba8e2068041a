using EventDriven.Messaging;
using Notifications.Worker.Contacts;
using Notifications.Worker.Messages;

namespace Notifications.Worker.Customers;

/// <summary>Writes the welcome message to a customer and stores the address.</summary>
internal sealed class WriteWelcome(ContactBook contacts, MessageWriter messages) : IEventBatchHandler<UserSignedUp>
{
    public async Task HandleAsync(IReadOnlyList<EventContext<UserSignedUp>> contexts, CancellationToken cancellationToken)
    {
        await contacts.RememberAsync(
            contexts.Select(c => ToldContact.Of(c, c.Data.CustomerId, c.Data.CustomerId, c.Data.Email, c.Data.Name)), cancellationToken);
        await messages.WriteOnceAsync(
            contexts, MessageKind.Welcome, excluded: [], customer => customer.CustomerId, Values, cancellationToken);
    }

    // The name is personal data: the stored text has its placeholder, which is filled in when it is sent.
    private static Dictionary<string, string> Values(UserSignedUp customer) => new(StringComparer.Ordinal) { ["name"] = Template.Name };
}
