using System.Collections.Concurrent;
using System.Globalization;

namespace EventDriven.Tests.Fuzz;

/// <summary>Runs the cases of a target and tells which failed, with what it takes to run one of them again.</summary>
internal static class FuzzRun
{
    private const int MostTold = 5;
    private const long MostAllocated = 256L * 1024 * 1024;

    /// <summary>How long a case may take. Far more than any does, because the machine may be busy.</summary>
    public static readonly TimeSpan MaxDuration = TimeSpan.FromSeconds(40);

    /// <summary>Runs cases that need no server, each on one thread, within bounds of time and of memory.</summary>
    /// <param name="cases">How many, in a run of usual length.</param>
    /// <param name="test">Throws for a defect.</param>
    public static Task RunAsync(int cases, Action<FuzzCase> test) => RunAsync(
        cases,
        (fuzz, _) =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            test(fuzz);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            return allocated <= MostAllocated ? Task.CompletedTask : throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"The case allocated {allocated} bytes, and may {MostAllocated}."));
        },
        parallel: 1);

    /// <summary>Runs cases, several at once.</summary>
    /// <param name="cases">How many, in a run of usual length.</param>
    /// <param name="test">Throws for a defect.</param>
    /// <param name="parallel">How many at once.</param>
    /// <param name="maxDuration">How long a case may take; null for <see cref="MaxDuration"/>.</param>
    public static async Task RunAsync(
        int cases, Func<FuzzCase, CancellationToken, Task> test, int parallel, TimeSpan? maxDuration = null)
    {
        var failures = new ConcurrentQueue<string>();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        try
        {
            await Parallel.ForEachAsync(
                FuzzSettings.OnlyCase is { } only ? [only] : Enumerable.Range(0, cases * FuzzSettings.Times),
                new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = enough.Token },
                async (number, token) =>
                {
                    if (await FailureAsync(number, test, maxDuration ?? MaxDuration, token) is { } failure)
                    {
                        failures.Enqueue(failure);
                        if (failures.Count >= MostTold)
                        {
                            await enough.CancelAsync();
                        }
                    }
                });
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            // Enough to work on.
        }

        Assert.True(failures.IsEmpty, string.Join($"{Environment.NewLine}{Environment.NewLine}", failures));
    }

    private static async Task<string?> FailureAsync(
        int number, Func<FuzzCase, CancellationToken, Task> test, TimeSpan maxDuration, CancellationToken cancellationToken)
    {
        var fuzz = new FuzzCase(FuzzSettings.Seed, number);
        try
        {
            // On a thread of its own: a case that never returns must not keep the run from telling so.
            await Task.Run(() => test(fuzz, cancellationToken), cancellationToken).WaitAsync(maxDuration, cancellationToken);
            return null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (TimeoutException) when (!cancellationToken.IsCancellationRequested)
        {
            return Told(fuzz, $"It did not end within {maxDuration.TotalSeconds:0} s.");
        }
        catch (Exception exception)
        {
            return Told(fuzz, exception.ToString());
        }
    }

    private static string Told(FuzzCase fuzz, string failure)
    {
        var test = TestContext.Current.TestMethod;
        var settings = string.Create(
            CultureInfo.InvariantCulture,
            $"{FuzzSettings.SeedVariable}={FuzzSettings.Seed} {FuzzSettings.CaseVariable}={fuzz.Number}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            Case {fuzz.Number} of seed {FuzzSettings.Seed} failed. To run it again:
              {settings} ./test.sh --filter-method '{test?.TestClass.TestClassName}.{test?.MethodName}'
            Input: {fuzz.Input}
            {failure}
            """);
    }
}
