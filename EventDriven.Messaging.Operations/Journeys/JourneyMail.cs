namespace EventDriven.Messaging.Operations.Journeys;

/// <summary>A message to a customer, as Notifications answers it, without its recipient and text.</summary>
/// <param name="Id">Its <c>Message-ID</c>, without the domain.</param>
/// <param name="EventId">Id of the event that it is about.</param>
/// <param name="Kind">What it tells, such as <c>order-received</c>.</param>
/// <param name="State"><c>Pending</c>, <c>Sent</c>, <c>Refused</c>, <c>Withdrawing</c> or <c>Forgotten</c>.</param>
/// <param name="Attempts">Number of attempts to send it.</param>
/// <param name="SentAt">When it was sent, UTC; null until then.</param>
/// <param name="LastError">The mail server's reply code, or why it didn't answer; null if nothing failed.</param>
public sealed record JourneyMail(
    string Id, string EventId, string Kind, string State, int Attempts, DateTimeOffset? SentAt, string? LastError);
