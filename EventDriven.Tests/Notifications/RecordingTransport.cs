using System.Collections.Concurrent;
using MimeKit;
using Notifications.Worker.Sending;

namespace EventDriven.Tests.Notifications;

/// <summary>A mail server of which a test decides what it does.</summary>
internal sealed class RecordingTransport(Func<MimeMessage, Task<MailOutcome>> send) : IMailTransport, IMailSession
{
    public RecordingTransport()
        : this(_ => Task.FromResult(MailOutcome.Sent))
    {
    }

    /// <summary>Message-ID of each message that was handed over.</summary>
    public ConcurrentQueue<string> Received { get; } = new();

    public IMailSession Open() => this;

    public Task<MailOutcome> SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        Received.Enqueue(message.MessageId!);
        return send(message);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
