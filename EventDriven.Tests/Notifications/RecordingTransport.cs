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

    /// <summary>Message-ID of each message whose copy was to be removed, without the domain.</summary>
    public ConcurrentQueue<string> Withdrawn { get; } = new();

    public IMailSession Open() => this;

    public Task<MailOutcome> SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        Received.Enqueue(message.MessageId!);
        return send(message);
    }

    public void Withdraw(IEnumerable<string> messageIds)
    {
        foreach (var id in messageIds)
        {
            Withdrawn.Enqueue(id);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
