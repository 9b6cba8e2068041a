namespace Notifications.Worker.Contacts;

/// <summary>
/// Who is written to about an order, or as a customer. Personal data is sealed with the customer's key, except in what was stored before
/// there were keys.
/// </summary>
internal sealed class Contact
{
    /// <summary>What <see cref="Email"/> is sealed as.</summary>
    public const string EmailPlace = "notifications.contacts/email";

    /// <summary>What <see cref="Name"/> is sealed as.</summary>
    public const string NamePlace = "notifications.contacts/name";

    /// <summary>Order id or customer id.</summary>
    public required Guid About { get; init; }

    /// <summary>The customer; null in contacts from before this column existed.</summary>
    public Guid? Customer { get; init; }

    /// <summary>The address. Null once the customer is forgotten: then nothing is sent.</summary>
    public string? Email { get; init; }

    /// <summary>The name; null if it isn't known.</summary>
    public string? Name { get; init; }
}
