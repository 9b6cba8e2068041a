using EventDriven.Benchmarks.Harness.Reports;

namespace EventDriven.Benchmarks.Harness;

/// <summary>Benchmarks, one after another. What is measured is in the file at once, whatever becomes of the servers and the rest.</summary>
internal static class BenchmarkRun
{
    /// <summary>Runs them until cancelled, and writes all figures so far after each.</summary>
    public static async Task AllAsync(
        IEnumerable<(string Name, Func<Task<IReadOnlyList<Figure>>> RunAsync)> benchmarks, Figures figures, string file, TextWriter errors,
        CancellationToken cancellationToken)
    {
        foreach (var (name, runAsync) in benchmarks)
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                await figures.CollectAsync(name, runAsync, errors);
                await FigureFile.WriteAsync(file, figures.All, CancellationToken.None);
            }
        }
    }

    /// <summary>Deletes what the run has left. If that fails, it is said: the figures count all the same.</summary>
    public static async Task DeleteAsync(string folder, TextWriter errors)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"{folder} can't be deleted; delete it yourself: {exception.Message}");
        }
    }
}
