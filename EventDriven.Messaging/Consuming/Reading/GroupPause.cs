using EventDriven.Messaging.Failures;
using Microsoft.Extensions.Logging;

namespace EventDriven.Messaging.Consuming.Reading;

/// <summary>
/// Lets an operator's pause reach every instance of a group: each leaves the group, so that its offsets can be set, and comes back when the
/// pause ends. While the database doesn't answer, nothing pauses.
/// </summary>
/// <param name="group">Kafka's group id.</param>
/// <param name="pausedBy">Who lets the group pause now; null when nobody does. Is told whether this instance reads for the group.</param>
/// <param name="every">How often it is asked.</param>
/// <param name="time">Measures that.</param>
/// <param name="logger">The consumer's log.</param>
internal sealed partial class GroupPause(
    string group, Func<bool, CancellationToken, Task<string?>> pausedBy, TimeSpan every, TimeProvider time, ILogger logger)
{
    /// <summary>Completes when the group doesn't pause.</summary>
    public async Task WaitUntilOverAsync(CancellationToken cancellationToken)
    {
        var paused = false;
        while (await PausedByAsync(isReading: false, cancellationToken) is { } by)
        {
            if (!paused)
            {
                paused = true;
                Log.Paused(logger, group, by);
            }

            await Task.Delay(every, time, cancellationToken);
        }

        if (paused)
        {
            Log.Resumed(logger, group);
        }
    }

    /// <summary>
    /// Cancels <paramref name="session"/> when the group is to pause; completes then, or when it was cancelled otherwise.
    /// </summary>
    public async Task CancelWhenPausedAsync(CancellationTokenSource session)
    {
        try
        {
            while (await PausedByAsync(isReading: true, session.Token) is null)
            {
                await Task.Delay(every, time, session.Token);
            }

            await session.CancelAsync();
        }
        catch (OperationCanceledException) when (session.IsCancellationRequested)
        {
            // The session has ended by itself.
        }
    }

    private async Task<string?> PausedByAsync(bool isReading, CancellationToken cancellationToken)
    {
        try
        {
            return await pausedBy(isReading, cancellationToken);
        }
        catch (Exception exception) when (Failure.IsOfServer(exception))
        {
            Log.Unknown(logger, exception, group);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(370, LogLevel.Information, "Group {Group} has left and reads nothing: {By} lets it pause.")]
        public static partial void Paused(ILogger logger, string group, string by);

        [LoggerMessage(371, LogLevel.Information, "Group {Group} reads again: the pause is over.")]
        public static partial void Resumed(ILogger logger, string group);

        [LoggerMessage(372, LogLevel.Debug, "Group {Group} can't ask whether it is to pause.")]
        public static partial void Unknown(ILogger logger, Exception exception, string group);
    }
}
