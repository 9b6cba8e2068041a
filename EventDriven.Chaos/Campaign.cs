using EventDriven.Chaos.Campaigns;

namespace EventDriven.Chaos;

/// <summary>Runs of several seeds, one after the other, each with its own start of the application; also after one has failed.</summary>
/// <param name="options">What each is to be like; the seed is that of the first.</param>
/// <param name="runs">How many; the seeds follow each other.</param>
/// <param name="time">The clock.</param>
internal sealed class Campaign(ChaosOptions options, int runs, TimeProvider time)
{
    /// <returns>An exit code of <see cref="Verdict"/>.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var records = new List<RunRecord>();
        for (var number = 0; number < runs && !cancellationToken.IsCancellationRequested; number++)
        {
            var one = options with { Seed = options.Seed + number };
            Console.WriteLine($"Run {number + 1} of {runs}:");
            if (one.Schedule().Count == 0)
            {
                Console.WriteLine($"Seed {one.Seed} has no fault in {one.Length.TotalSeconds:0} s, and is left out.");
            }
            else if ((await new ChaosRun(one, time).RunAsync(cancellationToken)).Record is { } record)
            {
                records.Add(record);
            }
        }

        return Print(records, options, cancellationToken.IsCancellationRequested);
    }

    /// <summary>Prints what runs have shown together.</summary>
    /// <returns>An exit code of <see cref="Verdict"/>.</returns>
    public static int Print(IReadOnlyList<RunRecord> runs, ChaosOptions options, bool isStopped)
    {
        var coverage = new Coverage(runs, options.Kinds);
        var verdict = isStopped ? Verdict.Stopped : Verdict.Of(coverage);
        Console.Write(CoverageTable.Of(coverage));
        Console.WriteLine(verdict.Line);
        return verdict.ExitCode;
    }
}
