using System.Text.Json;

namespace EventDriven.Messaging.Operations.Tasks;

/// <summary>Where a task says how far it has come and what came of it.</summary>
internal sealed class TaskOutput(TextWriter writer, TimeProvider time)
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(200);

    private readonly long _started = time.GetTimestamp();
    private long? _told;
    private string? _phase;

    /// <summary>Time since the beginning.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>Writes a line.</summary>
    public void Write(TaskLine line)
    {
        writer.WriteLine(JsonSerializer.Serialize(line, TaskJson.Default.TaskLine));
        writer.Flush();
    }

    /// <summary>Writes how far it has come, unless it did so just now.</summary>
    /// <param name="phase">What it does now.</param>
    /// <param name="done">Records read.</param>
    /// <param name="total">Records to read.</param>
    public void Progress(string phase, long done, long total)
    {
        if (_told is { } told && phase == _phase && done < total && time.GetElapsedTime(told) < ProgressInterval)
        {
            return;
        }

        (_told, _phase) = (time.GetTimestamp(), phase);
        var rate = done / Math.Max(Elapsed.TotalSeconds, 0.001);
        Write(new TaskProgress(phase, done, total, Math.Round(rate, 1), rate > 0 ? Math.Round(Math.Max(0, total - done) / rate, 1) : null));
    }
}
