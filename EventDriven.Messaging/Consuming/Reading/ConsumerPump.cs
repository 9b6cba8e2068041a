using Confluent.Kafka;
using EventDriven.Messaging.Failures;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventDriven.Messaging.Consuming.Reading;

/// <summary>
/// Reads a group's records on a thread of its own and posts them to lanes. It is thin on purpose: what an event means, whether it was seen
/// before and what follows a failure is decided elsewhere.
/// </summary>
internal sealed partial class ConsumerPump(
    ConsumerGroup group,
    Func<CancellationToken, Task<ConsumerSession>> open,
    GroupPause pause,
    string? instanceId,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger logger) : BackgroundService
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    // Another instance that was replaced in turn is back within seconds.
    private static readonly TimeSpan ReplacedAgainBound = TimeSpan.FromMinutes(1);

    // What still runs when a session has ended was told to stop.
    private static readonly TimeSpan DropBound = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long? replaced = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await pause.WaitUntilOverAsync(stoppingToken);
                using var session = await open(stoppingToken);
                await RunAsync(session, stoppingToken);
                await DropAsync(session);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (KafkaException exception) when (ConsumerClient.IsReplaced(exception))
            {
                if (replaced is { } before && time.GetElapsedTime(before) < ReplacedAgainBound)
                {
                    Log.Replaced(logger, group.Name, instanceId);
                    lifetime.StopApplication();
                    return;
                }

                // After an outage the broker also says so to an offset commit under the former membership of this very instance, which has
                // joined again meanwhile. Joining once more tells the two apart: another instance would take its name back.
                replaced = time.GetTimestamp();
                Log.JoiningAgain(logger, group.Name, instanceId, RetryDelay);
                await Task.Delay(RetryDelay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception exception) when (Failure.IsOfServer(exception) || exception is ReplayedMeanwhileException)
            {
                // A client that failed for good, or a server that doesn't answer yet: begin anew where the group left off.
                Log.Restarting(logger, exception, group.Name, RetryDelay);
                await Task.Delay(RetryDelay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception exception)
            {
                // A defect. Without its consumer the service would look alive and do nothing.
                Log.Broken(logger, exception, group.Name);
                lifetime.StopApplication();
                throw;
            }
        }
    }

    private async Task RunAsync(ConsumerSession session, CancellationToken stoppingToken)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var pausing = pause.CancelWhenPausedAsync(ends);
        try
        {
            await Task.Factory.StartNew(
                () => session.Run(ends.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            await ends.CancelAsync();
            await pausing;
        }
    }

    private async Task DropAsync(ConsumerSession session)
    {
        try
        {
            await session.WhenIdle.WaitAsync(DropBound, time, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            Log.NotDropped(logger, group.Name, DropBound);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(310, LogLevel.Warning, "The consumer of group {Group} begins anew in {Delay}.")]
        public static partial void Restarting(ILogger logger, Exception exception, string group, TimeSpan delay);

        [LoggerMessage(312, LogLevel.Warning, "Group {Group}: a handler ignores its cancellation and still runs after {Bound}; "
            + "the inbox keeps its event from being applied twice.")]
        public static partial void NotDropped(ILogger logger, string group, TimeSpan bound);

        [LoggerMessage(
            315,
            LogLevel.Critical,
            "Another instance of group {Group} has joined as {InstanceId} (Messaging:Consumer:InstanceId) and reads in this one's place; "
            + "stopping. Each instance needs a name of its own.")]
        public static partial void Replaced(ILogger logger, string group, string? instanceId);

        [LoggerMessage(
            317,
            LogLevel.Warning,
            "The membership of group {Group} as {InstanceId} was taken over: by another instance of that name, or by this one after an "
            + "outage. It joins again in {Delay}.")]
        public static partial void JoiningAgain(ILogger logger, string group, string? instanceId, TimeSpan delay);

        [LoggerMessage(311, LogLevel.Critical, "The consumer of group {Group} can't go on; stopping, so that a new process takes over.")]
        public static partial void Broken(ILogger logger, Exception exception, string group);
    }
}
