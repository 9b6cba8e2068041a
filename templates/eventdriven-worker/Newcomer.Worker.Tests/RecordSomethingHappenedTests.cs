using EventDriven.Messaging;
using EventDriven.Messaging.Testing;
using Newcomer.Namespace.Worker.Database;
using Newcomer.Namespace.Worker.Somewhere;
using Microsoft.EntityFrameworkCore;

namespace Newcomer.Namespace.Worker.Tests;

public sealed class RecordSomethingHappenedTests : IAsyncDisposable
{
    private readonly ArrivalDbContext _database = new(new DbContextOptionsBuilder<ArrivalDbContext>()
        .UseInMemoryDatabase($"{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}").Options);

    [Fact]
    public async Task An_event_is_recorded_once_however_often_it_is_announced()
    {
        var fact = ValidSomethingHappened.Create();

        await HandleAsync(fact);
        await HandleAsync(fact);

        var recorded = Assert.Single(await _database.HappenedThings.ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(fact.SubjectId, recorded.SubjectId);
    }

    [Fact]
    public async Task An_event_without_its_key_is_refused()
    {
        var fact = ValidSomethingHappened.Create() with { SubjectId = Guid.Empty };

        var refusal = await Assert.ThrowsAsync<UnreadableEventException>(() => HandleAsync(fact));

        Assert.Contains("subjectId", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(await _database.HappenedThings.ToListAsync(TestContext.Current.CancellationToken));
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private Task<IReadOnlyList<PublishedEvent>> HandleAsync(SomethingHappened fact) => new HandlerHarness(_database).HandleAsync(
        new RecordSomethingHappened(_database), fact, cancellationToken: TestContext.Current.CancellationToken);
}
