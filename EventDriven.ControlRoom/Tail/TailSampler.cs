using Confluent.Kafka;
using EventDriven.Messaging.Operations.Logs;

namespace EventDriven.ControlRoom.Tail;

/// <summary>Reads, once a second, what is new on each topic that somebody watches: a bounded number of events.</summary>
internal sealed partial class TailSampler(TopicTails tails, LogBrowser log, TimeProvider time, ILogger<TailSampler> logger)
    : BackgroundService
{
    /// <summary>Most events of a topic that are read a second.</summary>
    public const int MaxPerSecond = 500;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            foreach (var tail in tails.All())
            {
                await ReadAsync(tail, stoppingToken);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task ReadAsync(TopicTail tail, CancellationToken cancellationToken)
    {
        if (!tail.Feed.IsWatched)
        {
            tail.Follower?.Dispose();
            tail.Follower = null;
            return;
        }

        try
        {
            var follower = tail.Follower ??= await log.FollowAsync(tail.Topic, cancellationToken);
            tail.Add(await Task.Run(() => follower.Read(MaxPerSecond), cancellationToken));
        }
        catch (KafkaException exception)
        {
            Log.Failed(logger, tail.Topic, exception.Error.Reason);
            tail.Fail($"Kafka does not answer: {exception.Error.Reason}");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2620, LogLevel.Warning, "The end of {Topic} can't be read: {Reason}. It is tried again each second while somebody "
            + "watches")]
        public static partial void Failed(ILogger logger, string topic, string reason);
    }
}
