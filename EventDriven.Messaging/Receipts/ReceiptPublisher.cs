using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace EventDriven.Messaging.Receipts;

/// <summary>Sends the waiting receipts a few times a second: one record a group, or several if there are many.</summary>
internal sealed class ReceiptPublisher(
    ReceiptQueue queue, ReceiptProducer producer, TimeProvider time, IOptions<MessagingOptions> options) : BackgroundService
{
    /// <summary>Most receipts in a record: about 150 KiB, and below the broker's limit even with the longest keys.</summary>
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
            // The consumers have stopped by now; these are their last receipts.
            SendWaiting();
            producer.Flush(FlushBound);
        }
    }

    private void SendWaiting()
    {
        // Receipts that are added meanwhile wait for the next call.
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
