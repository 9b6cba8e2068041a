namespace Notifications.Worker.Sending;

/// <summary>
/// Messages that were sent and whose rows don't record it yet. Recording them together is cheaper than a transaction each. If the process
/// dies, unrecorded messages are sent again (law L11), so their number and time are bounded.
/// </summary>
internal sealed class SentMessages(MailQueue queue, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Most messages recorded in one statement.</summary>
    internal const int Together = 10;

    /// <summary>Longest time until the oldest is recorded, plus the time of sending the next message.</summary>
    internal static readonly TimeSpan Within = TimeSpan.FromMilliseconds(200);

    /// <summary>Timeout of recording. A sent message is recorded even while the process stops.</summary>
    internal static readonly TimeSpan NotingTimeout = TimeSpan.FromSeconds(5);

    private readonly List<DueMessage> _messages = new(Together);
    private long _oldest;

    /// <summary>Adds a message, and records the waiting ones if they are due.</summary>
    public async Task AddAsync(DueMessage message)
    {
        _oldest = _messages.Count == 0 ? time.GetTimestamp() : _oldest;
        _messages.Add(message);
        if (_messages.Count == Together || time.GetElapsedTime(_oldest) >= Within)
        {
            await NoteAsync();
        }
    }

    /// <summary>Records the rest.</summary>
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
