namespace EventDriven.Chaos.Evidence.Notifications;

/// <summary>A message to a customer.</summary>
/// <param name="Identity">The event that it is about (<see cref="Messaging.EventIdentity"/>).</param>
/// <param name="Kind">Its kind, such as <c>order-received</c>.</param>
/// <param name="About">The order or customer.</param>
/// <param name="Reference">The payment, for kinds of which an order may have several.</param>
/// <param name="State">Its state, such as <c>Sent</c>.</param>
internal sealed record StoredMessage(Guid Identity, string Kind, Guid About, string? Reference, string State)
{
    /// <summary>Its <c>Message-ID</c>, without the domain.</summary>
    public string MessageId => $"{Identity}.{Kind}";

    /// <summary>For a history.</summary>
    public override string ToString() => $"message {MessageId} about {About}: {State}";
}
