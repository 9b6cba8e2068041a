namespace Notifications.Worker.Contacts;

/// <summary>The e-mail address for an order or a customer.</summary>
internal sealed class Contact
{
    /// <summary>Order id or customer id.</summary>
    public required Guid About { get; init; }

    /// <summary>Personal data: it is used only to address a mail.</summary>
    public required string Email { get; init; }
}
