using System.Threading.Channels;
using EventDriven.Messaging.Telemetry;

namespace EventDriven.Messaging.Receipts;

/// <summary>Receipts that wait to be sent. Adding one never blocks: if the queue is full, the receipt is dropped and counted.</summary>
internal sealed class ReceiptQueue(MessagingMetrics metrics)
{
    /// <summary>Most receipts that wait.</summary>
    public const int Capacity = 10_000;

    private readonly Channel<Receipt> _waiting = Channel.CreateBounded<Receipt>(
        new BoundedChannelOptions(Capacity) { SingleReader = true });

    public ChannelReader<Receipt> Waiting => _waiting.Reader;

    public void Add(in Receipt receipt)
    {
        if (!_waiting.Writer.TryWrite(receipt))
        {
            metrics.ReceiptsDropped(receipt.Group, 1);
        }
    }
}
