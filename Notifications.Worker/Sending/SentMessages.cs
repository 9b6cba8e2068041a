namespace Notifications.Worker.Sending;

/// <summary>
/// Messages that were sent and whose rows don't say so yet. Noting them together takes less than a transaction each; what isn't noted when the
/// process dies is sent again (law L11), so they are few, and not for long.
/// </summary>
internal sealed class SentMessages(MailQueue queue, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Messages that are noted in one statement.</summary>
    internal const int Together = 10;

    /// <summary>When the oldest is noted at the latest, apart from the time that the message after it takes.</summary>
    internal static readonly TimeSpan Within = TimeSpan.FromMilliseconds(200);

    /// <summary>A message that was handed over is noted even when the process is asked to stop, but not for ever.</summary>
    internal static readonly TimeSpan NotingTimeout = TimeSpan.FromSeconds(5);

    private readonly List<DueMessage> _messages = new(Together);
    private long _oldest;

    /// <summary>Adds a message, and notes those that have waited for long enough.</summary>
    public async Task AddAsync(DueMessage message)
    {
        _oldest = _messages.Count == 0 ? time.GetTimestamp() : _oldest;
        _messages.Add(message);
        if (_messages.Count == Together || time.GetElapsedTime(_oldest) >= Within)
        {
            await NoteAsync();
        }
    }

    /// <summary>Notes the rest.</summary>
    public async ValueTask DisposeAsync() => await NoteAsync();

    private async Task NoteAsync()
    {
        if (_messages.Count == 0)
        {
            return;
        }

        using var patience = new CancellationTokenSource(NotingTimeout, time);
        await queue.SentAsync(_messages, patience.Token);
        _messages.Clear();
    }
}
