using EventDriven.Benchmarks.Harness;

namespace EventDriven.Tests.Benchmarks;

[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class BenchmarkRunTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Figures_are_in_the_file_before_the_next_benchmark_begins()
    {
        var folder = Directory.CreateTempSubdirectory();
        var file = Path.Combine(folder.FullName, "bench.json");
        var figures = new Figures();
        var seen = "";
        await using var errors = new StringWriter();

        await BenchmarkRun.AllAsync(
            [("first", () => OfAsync("first")), ("second", LookAsync)],
            figures, file, errors, Token);

        Assert.Contains("\"first\"", seen, StringComparison.Ordinal);
        Assert.Contains("\"second\"", await File.ReadAllTextAsync(file, Token), StringComparison.Ordinal);
        await BenchmarkRun.DeleteAsync(folder.FullName, errors);
        Assert.False(Directory.Exists(folder.FullName));
        Assert.Equal("", errors.ToString());

        async Task<IReadOnlyList<Figure>> LookAsync()
        {
            seen = await File.ReadAllTextAsync(file, Token);
            return await OfAsync("second");
        }
    }

    [Fact]
    public async Task A_folder_that_cant_be_deleted_is_said_and_fails_nothing()
    {
        var folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await using var errors = new StringWriter();

        await BenchmarkRun.DeleteAsync(folder, errors);

        Assert.Contains(folder, errors.ToString(), StringComparison.Ordinal);
    }

    private static Task<IReadOnlyList<Figure>> OfAsync(string name) => Task.FromResult<IReadOnlyList<Figure>>(
        [new Figure { Name = name, Unit = "s", Ours = 1, Target = "≤ 2", Met = true }]);
}
