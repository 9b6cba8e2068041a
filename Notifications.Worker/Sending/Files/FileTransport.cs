using Microsoft.Extensions.Options;
using MimeKit;

namespace Notifications.Worker.Sending.Files;

/// <summary>Writes messages as files, for a look without a mail server. Sending one again replaces its file.</summary>
internal sealed class FileTransport(IOptions<MailOptions> options) : IMailTransport, IMailSession
{
    public IMailSession Open() => this;

    public async Task<MailOutcome> SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateDirectory(options.Value.Directory).FullName;
        var path = Path.Combine(directory, message.MessageId!.Split('@')[0] + ".eml");

        // Whoever watches the directory never sees half a message.
        var half = Path.ChangeExtension(path, ".tmp");
        try
        {
            await message.WriteToAsync(half, cancellationToken);
            File.Move(half, path, overwrite: true);
            return MailOutcome.Sent;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new MailOutcome(MailVerdict.Unreachable, exception.GetType().Name);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
