using System.Globalization;
using System.Text.Json;

namespace EventDriven.Benchmarks.Harness.Contestants;

/// <summary>
/// The contestant's side: reads "how many events" from the standard input, line by line, and answers each with a measurement.
/// </summary>
internal static class ContestantHost
{
    /// <summary>Begins each answer; other lines of the output are for people.</summary>
    public const string Answer = "#measured ";

    // A turn that takes longer has hung.
    public static readonly TimeSpan RunBound = TimeSpan.FromMinutes(10);

    public static async Task<int> RunAsync(Func<Servers, Task<IContestant>> create)
    {
        await using var contestant = await create(Servers.FromEnvironment());
        while (await Console.In.ReadLineAsync() is { Length: > 0 } line)
        {
            using var bound = new CancellationTokenSource(RunBound);

            // What the turn before left behind is not this turn's.
            GC.Collect();
            var measured = await contestant.RunAsync(int.Parse(line, CultureInfo.InvariantCulture), bound.Token);
            await Console.Out.WriteLineAsync(Answer + JsonSerializer.Serialize(measured));
        }

        return 0;
    }
}
