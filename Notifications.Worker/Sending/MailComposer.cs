using Microsoft.Extensions.Options;
using MimeKit;
using Notifications.Worker.Messages;

namespace Notifications.Worker.Sending;

/// <summary>Composes the mail of a message.</summary>
internal sealed class MailComposer(IOptions<MailOptions> options)
{
    private readonly MailboxAddress _from = MailboxAddress.Parse(options.Value.From);

    /// <summary>
    /// Plain text, with a <c>Message-ID</c> that is the same in every attempt; null if the recipient's opened address is invalid.
    /// </summary>
    public MimeMessage? Compose(DueMessage message)
    {
        if (!MailboxAddress.TryParse(message.Email, out var recipient))
        {
            return null;
        }

        // A new sender address for each mail: an address keeps a reference to every mail it is in, to notify it of changes.
        return new MimeMessage([_from.Clone()], [recipient], message.Subject, new TextPart("plain") { Text = message.Body })
        {
            MessageId = $"{MessageId.Of(message.Identity, message.Kind)}@{_from.Domain}",
            Date = message.HappenedAt,
        };
    }
}
