using System.Threading.Channels;
using EventDriven.Messaging.Telemetry;

namespace EventDriven.Messaging.Receipts;

/// <summary>Receipts that wait to be sent. Adding one never waits: what finds no room is dropped, and counted.</summary>
internal sealed class ReceiptQueue(MessagingMetrics metrics)
{
    /// <summary>How many wait at most.</summary>
    public const int Capacity = 10_000;

    private readonly Channel<Receipt> _waiting = Channel.CreateBounded<Receipt>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    public ChannelReader<Receipt> Waiting => _waiting.Reader;

    public void Add(in Receipt receipt)
    {
        if (!_waiting.Writer.TryWrite(receipt))
        {
            metrics.ReceiptsDropped(receipt.Group, 1);
        }
    }
}
