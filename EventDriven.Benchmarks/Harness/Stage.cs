using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Benchmarks.Harness.Reports;

namespace EventDriven.Benchmarks.Harness;

/// <summary>Where benchmarks run: real servers, and how much time there is.</summary>
/// <param name="servers">The servers.</param>
/// <param name="folder">Where a benchmark may put data of its own; removed at the end.</param>
/// <param name="isQuick">One turn with little work and no warm-up, to see that everything runs; its figures mean nothing.</param>
/// <param name="turns">How often each contestant runs otherwise.</param>
/// <param name="figures">Keeps what a benchmark has measured before its end.</param>
internal sealed class Stage(Servers servers, string folder, bool isQuick, int turns, Figures figures)
{
    /// <summary>Turns that figures for others are made of.</summary>
    public const int FullTurns = 5;

    // Work that a run has at least before it counts: the runtime compiles what is called often a second time, in the background.
    private const int WarmUp = 20_000;

    public Servers Servers => servers;

    public string Folder => folder;

    public bool IsQuick => isQuick;

    /// <summary>Keeps a figure that a benchmark has before its end, in case that fails.</summary>
    public void Keep(Figure figure) => figures.Add(figure);

    /// <summary>How much work a run does: all of it, or a small part in a quick run.</summary>
    public int Size(int full, int quick) => isQuick ? quick : full;

    /// <summary>
    /// Warms every contestant up, unless it is to be quick, and then lets them run in turns, so that whatever else the machine does meets
    /// all of them alike. Prints the table.
    /// </summary>
    /// <param name="benchmark">Title of the table.</param>
    /// <param name="events">Work of a run, of contestants that have no other share of it.</param>
    /// <param name="contestants">Who takes part; the twin as "twin".</param>
    /// <param name="cancellationToken">Stops everything.</param>
    /// <param name="atMost">Turns, where each takes long.</param>
    /// <param name="warmUp">Work that is done beforehand, where a tenth is not enough.</param>
    public async Task<Turns> InTurnsAsync(
        string benchmark, int events, ContestantSpec[] contestants, CancellationToken cancellationToken, int atMost = FullTurns,
        int? warmUp = null)
    {
        var running = contestants.Select(
            spec => ContestantProcess.Start(spec, servers, spec.Events ?? Math.Max(1, (int)(events * spec.Share)))).ToArray();
        var measured = new Turns(benchmark);
        try
        {
            foreach (var contestant in isQuick ? [] : running)
            {
                await contestant.RunAsync(warmUp ?? Math.Max(events / 10, Math.Min(events, WarmUp)), cancellationToken);
            }

            for (var turn = 0; turn < (isQuick ? 1 : Math.Min(turns, atMost)); turn++)
            {
                foreach (var contestant in turn % 2 == 0 ? running : running.Reverse())
                {
                    measured.Add(contestant.Name, await contestant.RunAsync(cancellationToken));
                }
            }
        }
        finally
        {
            foreach (var contestant in running)
            {
                await contestant.DisposeAsync();
            }
        }

        TurnsTable.Print(measured);
        return measured;
    }
}
