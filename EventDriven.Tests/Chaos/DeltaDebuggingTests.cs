using EventDriven.Chaos.Shrinking;

namespace EventDriven.Tests.Chaos;

/// <summary>The search of <c>./chaos.sh --shrink</c> for fewer faults that still fail.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class DeltaDebuggingTests
{
    private readonly List<string> _tried = [];

    [Theory]
    [InlineData(12, 5)]
    [InlineData(12, 3, 7)]
    [InlineData(12, 1, 12)]
    [InlineData(30, 2, 3, 29)]
    [InlineData(4, 1, 2, 3, 4)]
    [InlineData(1, 1)]
    public async Task Only_the_faults_that_are_needed_are_left(int faults, params int[] needed)
    {
        var search = Search(needed, tries: 1_000);

        Assert.Equal(needed, await search.ShortestAsync([.. Enumerable.Range(1, faults)], TestContext.Current.CancellationToken));
        Assert.Equal(_tried.Count, search.Tries);
        Assert.Distinct(_tried);
    }

    [Fact]
    public async Task Halves_come_first()
    {
        await Search([3], tries: 12).ShortestAsync([.. Enumerable.Range(1, 8)], TestContext.Current.CancellationToken);

        Assert.Equal(["1,2,3,4", "1,2", "3,4", "3"], _tried);
    }

    [Fact]
    public async Task The_search_ends_after_so_many_tries_with_what_it_has_found()
    {
        var search = Search([2, 3, 29], tries: 10);
        var shortest = await search.ShortestAsync([.. Enumerable.Range(1, 30)], TestContext.Current.CancellationToken);

        Assert.Equal(10, search.Tries);
        Assert.Superset(new HashSet<int> { 2, 3, 29 }, shortest.ToHashSet());
        Assert.InRange(shortest.Count, 4, 29);
    }

    [Fact]
    public async Task The_search_ends_when_it_is_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        var search = new DeltaDebugging(
            async (_, cancellationToken) =>
            {
                await cancelled.CancelAsync();
                cancellationToken.ThrowIfCancellationRequested();
                return true;
            },
            mostTries: 12);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => search.ShortestAsync([1, 2], cancelled.Token));
        Assert.Equal(1, search.Tries);
    }

    private DeltaDebugging Search(int[] needed, int tries) => new(
        (faults, _) =>
        {
            _tried.Add(string.Join(',', faults));
            return Task.FromResult(needed.All(faults.Contains));
        },
        tries);
}
