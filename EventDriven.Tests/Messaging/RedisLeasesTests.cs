using EventDriven.Messaging;
using EventDriven.Messaging.Events;
using EventDriven.Messaging.Leases;
using EventDriven.Messaging.Redis;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace EventDriven.Tests.Messaging;

/// <summary>Law L6, the fast path: one holder at a time, and one whose lease ran out can't speak for the next.</summary>
public sealed class RedisLeasesTests(Servers servers)
{
    private const string Group = "leases";

    [Fact]
    public async Task One_holder_at_a_time_until_it_is_done()
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(servers.Redis);
        var leases = Leases(redis, leaseMs: 60_000);
        var id = NewId();

        var held = await leases.AcquireOneAsync(Group, id);
        Assert.Equal(LeaseState.Acquired, held.State);
        Assert.Equal(LeaseState.HeldByAnother, (await leases.AcquireOneAsync(Group, id)).State);
        Assert.Equal(LeaseState.Acquired, (await leases.AcquireOneAsync("another-group", id)).State);

        await leases.CompleteAsync(Group, [id], held);
        Assert.Equal(LeaseState.Done, (await leases.AcquireOneAsync(Group, id)).State);
    }

    [Fact]
    public async Task A_released_lease_is_free_again()
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(servers.Redis);
        var leases = Leases(redis, leaseMs: 60_000);
        var id = NewId();

        await leases.ReleaseAsync(Group, [id], await leases.AcquireOneAsync(Group, id));

        Assert.Equal(LeaseState.Acquired, (await leases.AcquireOneAsync(Group, id)).State);
    }

    [Fact]
    public async Task A_holder_whose_lease_ran_out_can_neither_complete_nor_free_the_next_ones()
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(servers.Redis);
        var leases = Leases(redis, leaseMs: 100);
        var id = NewId();
        var late = await leases.AcquireOneAsync(Group, id);
        var next = await Eventually.GetAsync(() => leases.AcquireOneAsync(Group, id), lease => lease.State == LeaseState.Acquired);
        Assert.True(next.Token > late.Token);

        await leases.CompleteAsync(Group, [id], late);
        await leases.ReleaseAsync(Group, [id], late);
        Assert.NotEqual(LeaseState.Done, (await leases.AcquireOneAsync(Group, id)).State);
    }

    [Fact]
    public async Task Each_of_several_events_has_an_answer_of_its_own()
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(servers.Redis);
        var leases = Leases(redis, leaseMs: 60_000);
        var (done, held, free) = (NewId(), NewId(), NewId());
        await leases.CompleteAsync(Group, [done], await leases.AcquireOneAsync(Group, done));
        await leases.AcquireOneAsync(Group, held);

        var answers = await leases.AcquireAsync(Group, [free, held, done]);

        Assert.Equal([LeaseState.Acquired, LeaseState.HeldByAnother, LeaseState.Done], answers.Select(a => a.State));
    }

    [Theory]
    [InlineData(1, 1, 1, 1, nameof(LeaseState.Done))]
    [InlineData(1, 1, 2, 1, nameof(LeaseState.DoneAltered))]
    [InlineData(1, 1, 2, 2, nameof(LeaseState.Done))]
    [InlineData(2, 2, 1, 1, nameof(LeaseState.Done))]
    [InlineData(2, 2, 1, 2, nameof(LeaseState.DoneAltered))]
    [InlineData(2, 2, 3, 3, nameof(LeaseState.Done))]
    public async Task An_event_is_done_in_whichever_major_version_and_altered_in_the_same(
        int content, int major, int otherContent, int otherMajor, string expected)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(servers.Redis);
        var leases = Leases(redis, leaseMs: 60_000);
        var done = NewId() with { Content = content, Major = (short)major };
        await leases.CompleteAsync(Group, [done], await leases.AcquireOneAsync(Group, done));

        var again = await leases.AcquireOneAsync(Group, done with { Content = otherContent, Major = (short)otherMajor });

        Assert.Equal(expected, again.State.ToString());
    }

    [Fact]
    public async Task Redis_away_means_that_nothing_is_known()
    {
        var options = ConfigurationOptions.Parse("127.0.0.1:1");
        options.AbortOnConnectFail = false;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        await using var redis = await ConnectionMultiplexer.ConnectAsync(options);

        Assert.Equal([Lease.Unknown, Lease.Unknown], await Leases(redis, leaseMs: 100).AcquireAsync(Group, [NewId(), NewId()]));
    }

    private static RedisLeases Leases(IConnectionMultiplexer redis, int leaseMs) =>
        new(
            redis,
            Options.Create(new MessagingOptions { Leases = { Duration = TimeSpan.FromMilliseconds(leaseMs) } }),
            NullLogger<RedisLeases>.Instance);

    private static EventFingerprint NewId() => new(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), Content: 1, Major: 1);
}
