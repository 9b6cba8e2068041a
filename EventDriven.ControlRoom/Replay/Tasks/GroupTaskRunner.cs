using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.ControlRoom.Replay.Tasks;

/// <summary>
/// Runs what outlasts a request, one task at a time for each group, and knows how far each is. It owns the tasks: when the control room is
/// stopped, it stops them and waits for them. Each of them leaves everything sound when it is stopped, and when the process is killed.
/// </summary>
internal sealed partial class GroupTaskRunner(TimeProvider time, ILogger<GroupTaskRunner> logger) : IHostedService, IDisposable
{
    // Nothing takes so long. What hangs must not hold up its group for ever.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (GroupTask Task, CancellationTokenSource Stop, Task Run)> _tasks = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private long _version;

    /// <summary>The newest task of each group, those that run first, then the newest.</summary>
    public IReadOnlyList<GroupTask> All
    {
        get
        {
            lock (_lock)
            {
                return
                [
                    .. _tasks.Values.Select(known => known.Task)
                        .OrderBy(task => task.State == GroupTaskState.Running ? 0 : 1).ThenByDescending(task => task.Begun),
                ];
            }
        }
    }

    /// <summary>Grows with each change of a task.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Starts a task; false when one of the group runs, or the control room stops.</summary>
    /// <param name="task">The task, which has not begun.</param>
    /// <param name="run">Does it. Tells how far it is by the function that it is given.</param>
    public bool TryStart(GroupTask task, Func<Action<Func<GroupTask, GroupTask>>, CancellationToken, Task> run)
    {
        lock (_lock)
        {
            if (_stopping.IsCancellationRequested
                || (_tasks.TryGetValue(task.Group, out var known) && known.Task.State == GroupTaskState.Running))
            {
                return false;
            }

            known.Stop?.Dispose();
            Interlocked.Increment(ref _version);
            var stop = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
            stop.CancelAfter(Longest);
            _tasks[task.Group] = (task, stop, Task.Run(() => RunAsync(task, run, stop.Token), CancellationToken.None));
            return true;
        }
    }

    /// <summary>Asks a task to stop; false when it does not run.</summary>
    public bool Stop(Guid id)
    {
        lock (_lock)
        {
            var found = _tasks.Values.FirstOrDefault(known => known.Task.Id == id && known.Task.State == GroupTaskState.Running);
            found.Stop?.Cancel();
            return found.Stop is not null;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        Task[] runs;
        lock (_lock)
        {
            runs = [.. _tasks.Values.Select(known => known.Run)];
        }

        await Task.WhenAll(runs).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        foreach (var known in _tasks.Values)
        {
            known.Stop.Dispose();
        }

        _stopping.Dispose();
    }

    private async Task RunAsync(
        GroupTask task, Func<Action<Func<GroupTask, GroupTask>>, CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        try
        {
            await run(change => Change(task, change), cancellationToken);
            Change(task, last => last with { State = GroupTaskState.Done, Read = last.Total > 0 ? last.Total : last.Read });
        }
        catch (OperationFailedException exception)
        {
            Change(task, last => last with
            {
                State = exception.ExitCode == ExitCode.Stopped ? GroupTaskState.Stopped : GroupTaskState.Failed,
                Error = exception.Message,
            });
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Change(task, last => last with { State = GroupTaskState.Stopped, Error = "Stopped before it began. Nothing was changed." });
        }
        catch (Exception exception)
        {
            var problem = ServerProblem.Of(exception);
            if (problem is null)
            {
                Log.Failed(logger, exception, task.Kind, task.Group);
            }

            Change(task, last => last with
            {
                State = GroupTaskState.Failed,
                Error = problem?.Message ?? "It failed for a reason that the control room does not know. Its log has the error.",
            });
        }
    }

    private void Change(GroupTask task, Func<GroupTask, GroupTask> change)
    {
        lock (_lock)
        {
            if (_tasks.TryGetValue(task.Group, out var known) && known.Task.Id == task.Id && known.Task.State == GroupTaskState.Running)
            {
                var changed = change(known.Task);
                Interlocked.Increment(ref _version);
                _tasks[task.Group] = known with
                {
                    Task = changed.State == GroupTaskState.Running
                        ? changed
                        : changed with { Ended = time.GetUtcNow(), SecondsLeft = null },
                };
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2630, LogLevel.Error, "{Kind} of group '{Group}' failed. The page says so, and nothing is tried again")]
        public static partial void Failed(ILogger logger, Exception exception, GroupTaskKind kind, string group);
    }
}
