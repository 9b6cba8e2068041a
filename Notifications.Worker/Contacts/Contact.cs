namespace Notifications.Worker.Contacts;

/// <summary>Where to write to about an order or a customer.</summary>
internal sealed class Contact
{
    /// <summary>Order id or customer id.</summary>
    public required Guid About { get; init; }

    /// <summary>Personal data: it leaves this table for the envelope of a mail, and goes nowhere else.</summary>
    public required string Email { get; init; }
}
