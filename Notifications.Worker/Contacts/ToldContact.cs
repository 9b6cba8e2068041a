using EventDriven.Messaging;

namespace Notifications.Worker.Contacts;

/// <summary>A contact as an event tells it, to be stored.</summary>
/// <param name="About">Order id or customer id.</param>
/// <param name="Customer">The customer.</param>
/// <param name="Email">The address, sealed; null once the customer is forgotten.</param>
/// <param name="Name">The name, sealed; null if the event doesn't tell it.</param>
internal sealed record ToldContact(Guid About, Guid Customer, string? Email, string? Name)
{
    /// <summary>Seals what an event tells with the key that opened it. What came in plain, in older events, stays so.</summary>
    public static ToldContact Of<TEvent>(EventContext<TEvent> context, Guid about, Guid customer, string? email, string? name = null)
    {
        return new(about, customer, Sealed(Contact.EmailPlace, email), Sealed(Contact.NamePlace, name));

        string? Sealed(string place, string? text) => text is null ? null : context.SubjectKey?.Seal(place, text) ?? text;
    }
}
