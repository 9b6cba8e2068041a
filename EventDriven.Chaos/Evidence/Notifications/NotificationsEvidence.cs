namespace EventDriven.Chaos.Evidence.Notifications;

/// <summary>What Notifications has written.</summary>
/// <param name="Messages">Its messages.</param>
/// <param name="Mails">The <c>Message-ID</c> of each mail, without the domain; null where mails can't be read.</param>
/// <param name="Addressed">Orders and customers of whom it has an address or a name, with the customer.</param>
internal sealed record NotificationsEvidence(
    IReadOnlyList<StoredMessage> Messages, IReadOnlyList<string>? Mails, IReadOnlyDictionary<Guid, Guid> Addressed);
