using MimeKit;

namespace Notifications.Worker.Sending;

/// <summary>A batch of messages, over one connection as long as it lasts.</summary>
internal interface IMailSession : IAsyncDisposable
{
    /// <summary>Sends a message. What may go wrong on the way is an outcome, not an exception.</summary>
    Task<MailOutcome> SendAsync(MimeMessage message, CancellationToken cancellationToken);
}
