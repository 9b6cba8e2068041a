using Microsoft.Extensions.Options;
using MimeKit;

namespace Notifications.Worker.Sending.Files;

/// <summary>Writes messages as files, to try the system without a mail server. Sending a message again replaces its file.</summary>
internal sealed class FileTransport(IOptions<MailOptions> options) : IMailTransport, IMailSession
{
    public IMailSession Open() => this;

    public async Task<MailOutcome> SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateDirectory(options.Value.Directory).FullName;
        var path = Path.Combine(directory, message.MessageId!.Split('@')[0] + ".eml");

        // A program that watches the directory never sees half a message.
        var half = Path.ChangeExtension(path, ".tmp");
        try
        {
            using var bytes = new MemoryStream();
            await message.WriteToAsync(bytes, cancellationToken);

            // A new file: truncating an old one would make ext4 flush it to disk on close.
            File.Delete(half);
            await using (var file = new FileStream(
                half, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true))
            {
                await file.WriteAsync(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), cancellationToken);
            }

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
