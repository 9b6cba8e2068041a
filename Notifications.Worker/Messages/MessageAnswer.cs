namespace Notifications.Worker.Messages;

/// <summary>A message as the API returns it, without its recipient and text.</summary>
/// <param name="Id">Its <c>Message-ID</c>, without the domain.</param>
/// <param name="EventId">Id of the event that it is about.</param>
/// <param name="Kind">One of <see cref="MessageKind"/>.</param>
/// <param name="State">Name of the <see cref="MessageState"/>.</param>
/// <param name="Attempts">Number of attempts to send it.</param>
/// <param name="SentAt">When it was sent, UTC.</param>
/// <param name="LastError">The mail server's reply code, or why it didn't answer.</param>
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
