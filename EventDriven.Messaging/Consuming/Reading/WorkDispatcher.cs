using EventDriven.Messaging.Consuming.Scheduling;
using EventDriven.Messaging.Consuming.Work;

namespace EventDriven.Messaging.Consuming.Reading;

/// <summary>Gives what a lane hands over to whom it concerns: events to the pipeline, a key with dead letters to its redrive.</summary>
/// <param name="handleAsync">Makes an attempt at events.</param>
/// <param name="inspectAsync">Inspects a key.</param>
/// <param name="pacer">Learns what the attempt took.</param>
internal sealed class WorkDispatcher(
    Func<IReadOnlyList<ConsumerWork>, Task<BatchReport>> handleAsync,
    Func<KeyInspection, Task<AttemptResult>> inspectAsync,
    BatchPacer pacer)
{
    /// <summary>Makes one attempt; a key is inspected by itself.</summary>
    public async Task<IReadOnlyList<AttemptResult>> AttemptAsync(IReadOnlyList<ConsumerWork> work)
    {
        if (work is [KeyInspection inspection])
        {
            return [await inspectAsync(inspection)];
        }

        var report = await handleAsync(work);
        if (report.Times is { } times)
        {
            pacer.Note(times);
        }

        return report.Results;
    }
}
