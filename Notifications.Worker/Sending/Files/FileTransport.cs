using Microsoft.Extensions.Options;
using MimeKit;

namespace Notifications.Worker.Sending.Files;

/// <summary>Writes messages as files, to try the system without a mail server. Sending a message again replaces its file.</summary>
internal sealed class FileTransport(IOptions<MailOptions> options) : IMailTransport, IMailSession
{
    public IMailSession Open() => this;

    public async Task<MailOutcome> SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        var path = FileOf(message.MessageId!.Split('@')[0]);

        // A program that watches the directory never sees half a message.
        var half = HalfOf(path);
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

    public void Withdraw(IEnumerable<string> messageIds)
    {
        foreach (var path in messageIds.Select(FileOf))
        {
            File.Delete(path);
            File.Delete(HalfOf(path));
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private string FileOf(string messageId) =>
        Path.Combine(Directory.CreateDirectory(options.Value.Directory).FullName, messageId + ".eml");

    private static string HalfOf(string path) => Path.ChangeExtension(path, ".tmp");
}
