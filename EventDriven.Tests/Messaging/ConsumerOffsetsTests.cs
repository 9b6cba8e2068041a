using Confluent.Kafka;
using EventDriven.Messaging;
using EventDriven.Messaging.Storage.Groups;
using EventDriven.Tests.Messaging.Host;
using Microsoft.EntityFrameworkCore;

namespace EventDriven.Tests.Messaging;

/// <summary>Law L11: offsets in the transaction of the effect.</summary>
public sealed class ConsumerOffsetsTests(Servers servers)
{
    private const string Cluster = "cluster-1";

    private static readonly ConsumerIdentity Consumer = new("group", Cluster, KeepsOffsets: true, Replays: 0);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_offset_moves_forward_only()
    {
        await using var database = await CreateAsync();

        Assert.True(await OffsetTable.TryAdvanceAsync(database, Consumer, [At(5)], Token));
        Assert.False(await OffsetTable.TryAdvanceAsync(database, Consumer, [At(5)], Token));
        Assert.False(await OffsetTable.TryAdvanceAsync(database, Consumer, [At(4)], Token));
        Assert.True(await OffsetTable.TryAdvanceAsync(database, Consumer, [At(6)], Token));
        Assert.Equal(7, Position(database, Cluster));
    }

    [Fact]
    public async Task On_another_log_it_begins_anew()
    {
        await using var database = await CreateAsync();
        Assert.True(await OffsetTable.TryAdvanceAsync(database, Consumer, [At(1_000)], Token));

        Assert.Equal(Offset.Beginning.Value, Position(database, "cluster-2"));
        Assert.True(await OffsetTable.TryAdvanceAsync(database, Consumer with { Cluster = "cluster-2" }, [At(0)], Token));
        Assert.Equal(1, Position(database, "cluster-2"));
    }

    [Fact]
    public async Task Of_two_owners_only_one_applies_an_offset()
    {
        await using var first = await CreateAsync();
        await using var second = new TestDatabase(first.Options);
        await using var transaction = await first.Database.BeginTransactionAsync(Token);
        Assert.True(await OffsetTable.TryAdvanceAsync(first, Consumer, [At(0)], Token));

        // The second waits for the first, as it must not say yes or no before that has committed.
        var late = OffsetTable.TryAdvanceAsync(second, Consumer, [At(0)], Token);
        await transaction.CommitAsync(Token);

        Assert.False(await late);
    }

    /// <summary>
    /// If a crash of the server could lose the commit, an instance that outlives it would go on behind what was lost: a gap that nobody
    /// sees.
    /// </summary>
    [Fact]
    public async Task An_offset_that_has_moved_on_is_on_disk()
    {
        await using var database = await CreateAsync();
        await using var transaction = await database.Database.BeginTransactionAsync(Token);
        Assert.True(await OffsetTable.TryAdvanceAsync(database, Consumer, [At(0)], Token));

        Assert.Equal("on", await database.Database.SqlQueryRaw<string>(
            """SELECT current_setting('synchronous_commit') AS "Value" """).SingleAsync(Token));
    }

    private static Delivery At(long offset) => new("group", "topic.v1", 0, offset, Attempt: 1);

    private static long Position(TestDatabase database, string cluster) =>
        OffsetTable.Positions(database, "group", cluster, [new TopicPartition("topic.v1", 0)]).Single().Offset.Value;

    private async Task<TestDatabase> CreateAsync()
    {
        var database = new TestDatabase(TestDatabaseOptions.For(await servers.CreateDatabaseAsync(Token)));
        await database.CreateAsync(Token);
        return database;
    }
}
