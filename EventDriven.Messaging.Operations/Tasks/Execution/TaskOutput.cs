namespace EventDriven.Messaging.Operations.Tasks.Execution;

/// <summary>Writes a task's progress and result.</summary>
internal sealed class TaskOutput(TextWriter writer, TimeProvider time)
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(200);

    private readonly long _started = time.GetTimestamp();
    private long? _lastProgress;
    private string? _phase;

    /// <summary>Time since the beginning.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>Writes a line.</summary>
    public void Write(TaskLine line)
    {
        writer.WriteLine(line.ToJson());
        writer.Flush();
    }

    /// <summary>Writes the progress, at most every 200 ms within a phase.</summary>
    /// <param name="phase">What the task is doing.</param>
    /// <param name="done">Records read.</param>
    /// <param name="total">Records to read.</param>
    public void Progress(string phase, long done, long total)
    {
        if (_lastProgress is { } last && phase == _phase && done < total && time.GetElapsedTime(last) < ProgressInterval)
        {
            return;
        }

        (_lastProgress, _phase) = (time.GetTimestamp(), phase);
        var rate = done / Math.Max(Elapsed.TotalSeconds, 0.001);
        Write(new TaskProgress(phase, done, total, Math.Round(rate, 1), rate > 0 ? Math.Round(Math.Max(0, total - done) / rate, 1) : null));
    }
}
