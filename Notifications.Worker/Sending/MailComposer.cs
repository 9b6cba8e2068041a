using Microsoft.Extensions.Options;
using MimeKit;
using Notifications.Worker.Messages;

namespace Notifications.Worker.Sending;

/// <summary>Makes the mail of a message.</summary>
internal sealed class MailComposer(IOptions<MailOptions> options)
{
    private readonly MailboxAddress _from = MailboxAddress.Parse(options.Value.From);

    /// <summary>Plain text, with a <c>Message-ID</c> that is the same in every attempt; null when the recipient's address is none.</summary>
    public MimeMessage? Compose(DueMessage message)
    {
        if (!MailboxAddress.TryParse(message.Email, out var recipient))
        {
            return null;
        }

        // A sender of its own: an address holds on to every message it is in, for telling it of changes.
        return new MimeMessage([_from.Clone()], [recipient], message.Subject, new TextPart("plain") { Text = message.Body })
        {
            MessageId = $"{MessageId.Of(message.Identity, message.Kind)}@{_from.Domain}",
            Date = message.HappenedAt,
        };
    }
}
