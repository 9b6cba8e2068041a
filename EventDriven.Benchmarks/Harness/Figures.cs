namespace EventDriven.Benchmarks.Harness;

/// <summary>The figures of a run so far. A benchmark that fails takes neither those before it along nor those that it has.</summary>
internal sealed class Figures
{
    private readonly List<Figure> _all = [];
    private readonly List<string> _failed = [];

    public IReadOnlyList<Figure> All => _all;

    /// <summary>Names of the benchmarks that failed.</summary>
    public IReadOnlyList<string> Failed => _failed;

    /// <summary>Keeps a figure, whatever comes after it.</summary>
    public void Add(Figure figure) => _all.Add(figure);

    /// <summary>Runs a benchmark and keeps its figures. If it fails, that is said and remembered, and the next one may run.</summary>
    /// <param name="name">The benchmark.</param>
    /// <param name="run">Returns its figures, except those that it has added itself.</param>
    /// <param name="errors">Where the failure is described.</param>
    public async Task CollectAsync(string name, Func<Task<IReadOnlyList<Figure>>> run, TextWriter errors)
    {
        try
        {
            _all.AddRange(await run());
        }
        catch (Exception exception)
        {
            _failed.Add(name);
            await errors.WriteLineAsync($"{name} failed: {exception}");
        }
    }
}
