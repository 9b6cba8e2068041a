using EventDriven.Benchmarks.Harness;

namespace EventDriven.Tests.Benchmarks;

[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class FiguresTests
{
    [Fact]
    public async Task A_benchmark_that_fails_late_keeps_the_figures_it_has_and_those_of_the_others()
    {
        var figures = new Figures();
        await using var errors = new StringWriter();

        await figures.CollectAsync("first", () => Task.FromResult<IReadOnlyList<Figure>>([Of("first")]), errors);
        await figures.CollectAsync("second", FailLateAsync, errors);
        await figures.CollectAsync("third", () => Task.FromResult<IReadOnlyList<Figure>>([Of("third")]), errors);

        Assert.Equal(["first", "second/early", "third"], figures.All.Select(figure => figure.Name));
        Assert.Equal(["second"], figures.Failed);
        Assert.Contains("second failed", errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("orders were lost", errors.ToString(), StringComparison.Ordinal);

        async Task<IReadOnlyList<Figure>> FailLateAsync()
        {
            figures.Add(Of("second/early"));
            await Task.Yield();
            throw new InvalidOperationException("orders were lost");
        }
    }

    private static Figure Of(string name) => new() { Name = name, Unit = "s", Ours = 1, Target = "≤ 2", Met = true };
}
