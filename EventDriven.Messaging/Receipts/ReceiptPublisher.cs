using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace EventDriven.Messaging.Receipts;

/// <summary>Takes the receipts that wait, a few times a second, and has them sent: one record a group, or several when there are many.</summary>
internal sealed class ReceiptPublisher(
    ReceiptQueue queue, ReceiptProducer producer, TimeProvider time, IOptions<MessagingOptions> options) : BackgroundService
{
    /// <summary>Receipts in a record at most: some 150 KiB, and within what a broker takes also with the longest keys.</summary>
    private const int MaxReceipts = 500;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan FlushBound = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Receipts.Enabled)
        {
            return;
        }

        try
        {
            while (await queue.Waiting.WaitToReadAsync(stoppingToken))
            {
                await Task.Delay(Interval, time, stoppingToken);
                SendWaiting();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What the consumers did last; they have stopped before.
            SendWaiting();
            producer.Flush(FlushBound);
        }
    }

    private void SendWaiting()
    {
        // What is added meanwhile waits for the next time.
        var waiting = new List<Receipt>();
        for (var left = queue.Waiting.Count; left > 0 && queue.Waiting.TryRead(out var receipt); left--)
        {
            waiting.Add(receipt);
        }

        foreach (var group in waiting.GroupBy(receipt => receipt.Group, StringComparer.Ordinal))
        {
            foreach (var some in group.Chunk(MaxReceipts))
            {
                producer.Send(group.Key, some);
            }
        }
    }
}
