using MimeKit;

namespace Notifications.Worker.Sending;

/// <summary>Sends a batch of messages, over one connection while it lasts.</summary>
internal interface IMailSession : IAsyncDisposable
{
    /// <summary>Sends a message. Failures are returned as outcomes, not thrown.</summary>
    Task<MailOutcome> SendAsync(MimeMessage message, CancellationToken cancellationToken);
}
