using EventDriven.Chaos.Schedules;
using EventDriven.Chaos.Shrinking;

namespace EventDriven.Chaos;

/// <summary>The search for fewer faults of a schedule with which a run fails as it did with all of them.</summary>
/// <param name="options">What the run that fails is like.</param>
/// <param name="tries">After so many runs, what was found by then has to do.</param>
/// <param name="time">The clock.</param>
internal sealed class ShortestSchedule(ChaosOptions options, int tries, TimeProvider time)
{
    /// <summary>Runs it unless it failed the last time, then parts of its schedule.</summary>
    /// <returns>An exit code of <see cref="Verdict"/>.</returns>
    public async Task<int> SearchAsync(CancellationToken cancellationToken)
    {
        var signs = ChaosRun.Last(options)?.Signs ?? [];
        if (signs.Count == 0)
        {
            var outcome = await new ChaosRun(options, time).RunAsync(cancellationToken);
            signs = outcome.Signs;
            if (signs.Count == 0)
            {
                Console.WriteLine("Nothing failed that fewer faults could show.");
                return outcome.Verdict.ExitCode;
            }
        }

        Console.WriteLine($"Searching for fewer faults that show {string.Join(", ", signs)}, in {tries} runs at most.");
        var schedule = options.Schedule();
        var search = new DeltaDebugging((faults, token) => FailsAsync(faults, signs, token), tries);
        try
        {
            var shortest = await search.ShortestAsync([.. schedule.Select(fault => fault.Number)], cancellationToken);
            Console.WriteLine($"{shortest.Count} of {schedule.Count} faults fail alike, after {search.Tries} runs:");
            Console.Write(ScheduleTable.Of(schedule.Where(fault => shortest.Contains(fault.Number))));
            Console.WriteLine((options with { Only = shortest }).Replay());
            return Verdict.Unsound;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Console.WriteLine(Verdict.Stopped.Line);
            return Verdict.Stopped.ExitCode;
        }
    }

    private async Task<bool> FailsAsync(IReadOnlyList<int> faults, IReadOnlyList<string> signs, CancellationToken cancellationToken)
    {
        var outcome = await new ChaosRun(options with { Only = faults }, time).RunAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var isAlike = outcome.Signs.Intersect(signs, StringComparer.Ordinal).Any();
        Console.WriteLine($"Faults {string.Join(", ", faults)} {(isAlike ? "fail alike" : "don't fail alike")}.");
        return isAlike;
    }
}
