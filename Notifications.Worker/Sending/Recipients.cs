using System.Security.Cryptography;
using EventDriven.Messaging.Privacy;
using Notifications.Worker.Contacts;
using Notifications.Worker.Messages;

namespace Notifications.Worker.Sending;

/// <summary>Opens the address and the name that a message is sent with.</summary>
internal sealed class Recipients(ISubjectKeyReader keys)
{
    /// <summary>The message with both in plain, ready to be sent; null if the customer was forgotten.</summary>
    /// <exception cref="SubjectKeysUnavailableException">The key can't be had now.</exception>
    /// <exception cref="CryptographicException">What is stored was altered.</exception>
    public async Task<DueMessage?> OpenAsync(DueMessage message, CancellationToken cancellationToken)
    {
        if (await OpenAsync(Contact.EmailPlace, message.Email, cancellationToken) is not { } email)
        {
            return null;
        }

        if (message.Kind != MessageKind.Welcome || await OpenAsync(Contact.NamePlace, message.Name, cancellationToken) is not { } name)
        {
            return message with { Email = email };
        }

        var (subject, body) = Template.Personalize(message.Subject, message.Body, name);
        return message with { Email = email, Subject = subject, Body = body };
    }

    private async ValueTask<string?> OpenAsync(string place, string? text, CancellationToken cancellationToken)
    {
        if (!SubjectKey.IsSealed(text))
        {
            // Unknown, or from before there were keys.
            return text;
        }

        return SubjectKey.TryReadId(text, out var id)
            ? (await keys.FindAsync(id, cancellationToken))?.Open(place, text!)
            : throw new CryptographicException("The stored text was not sealed by a key.");
    }
}
