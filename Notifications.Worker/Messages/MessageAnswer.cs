namespace Notifications.Worker.Messages;

/// <summary>A message as it is shown: without its recipient and its text.</summary>
/// <param name="Id">Its <c>Message-ID</c>, up to the domain.</param>
/// <param name="EventId">Id of the event that it tells of.</param>
/// <param name="Kind">One of <see cref="MessageKind"/>.</param>
/// <param name="State">Name of the <see cref="MessageState"/>.</param>
/// <param name="Attempts">How often sending it was tried.</param>
/// <param name="SentAt">When it was sent, UTC.</param>
/// <param name="LastError">The mail server's reply code, or what kept it from answering.</param>
internal sealed record MessageAnswer(
    string Id, string EventId, string Kind, string State, int Attempts, DateTimeOffset? SentAt, string? LastError)
{
    public static MessageAnswer From(Message message) => new(
        MessageId.Of(message.Identity, message.Kind),
        message.EventId,
        message.Kind,
        message.State.ToString(),
        message.Attempts,
        message.SentAt,
        message.LastError);
}
