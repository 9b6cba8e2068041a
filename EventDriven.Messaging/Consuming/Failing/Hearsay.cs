using System.Collections.Concurrent;
using EventDriven.Messaging.Storage.DeadLetters;
using EventDriven.Messaging.Telemetry;
using Microsoft.Extensions.Logging;

namespace EventDriven.Messaging.Consuming.Failing;

/// <summary>Knows which topics a group reads as hearsay, and tells of their records that are dropped.</summary>
internal sealed partial class Hearsay(ConsumerGroup group, MessagingMetrics metrics, TimeProvider time, ILogger logger)
{
    // What is dropped after so long without any is told as something new.
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, long> _lastDropped = new(StringComparer.Ordinal);

    /// <summary>Whether a topic is read as hearsay.</summary>
    public bool Includes(string topic) => group.HearsayTopics.Contains(topic);

    /// <summary>A record was passed over for good.</summary>
    public void Dropped(SourceRecord record, Exception cause)
    {
        var reason = StoredNames.ReasonOf(cause).Stored();
        metrics.Dropped(group.Name, record.Topic, reason);
        var now = time.GetTimestamp();
        var isNew = !_lastDropped.TryGetValue(record.Topic, out var last) || time.GetElapsedTime(last, now) >= Quiet;
        _lastDropped[record.Topic] = now;
        if (isNew)
        {
            Log.Dropping(logger, record.Topic, record.Partition, record.Offset, reason, StoredError.Of(cause).Message);
        }
        else
        {
            Log.Dropped(logger, record.Topic, record.Partition, record.Offset, reason);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(308, LogLevel.Warning, "The record at {Topic}[{Partition}]@{Offset} is hearsay and was dropped ({Reason}): "
            + "{Error} Others like it are counted.")]
        public static partial void Dropping(ILogger logger, string topic, int partition, long offset, string reason, string error);

        [LoggerMessage(309, LogLevel.Debug, "The record at {Topic}[{Partition}]@{Offset} is hearsay and was dropped ({Reason}).")]
        public static partial void Dropped(ILogger logger, string topic, int partition, long offset, string reason);
    }
}
