using EventDriven.Messaging.Operations.Groups;
using EventDriven.Tests.Messaging.Host;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace EventDriven.Tests.Messaging.Replay;

/// <summary>A pause lasts while its holder lives, and ends soon after it has died.</summary>
public sealed class PauseLeaseTests(Servers servers)
{
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(5);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pause_is_renewed_until_it_is_ended_and_never_asked_for_long()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token);
        await using var service = await NoteService.StartAsync(options, Token);
        await using var database = await options.OpenDatabaseAsync(Token);
        await Eventually.GetAsync(() => new GroupAdmin(database).ListAsync(Token), groups => groups.Count > 0);
        var time = new FakeTimeProvider();

        await using (await PauseLease.BeginAsync(database, options.Group!, "a test", time, Token))
        {
            Assert.InRange(await LeftAsync(service), 1, PauseLease.Duration.TotalSeconds);

            // As if the time it was asked for had gone by, and once more.
            foreach (var _ in Enumerable.Range(0, 2))
            {
                await service.QueryAsync("UPDATE messaging.consumer_groups SET paused_until = now()");
                await Eventually.GetAsync(() => LaterAsync(time, service), left => left > 0);
            }
        }

        Assert.Null((await new GroupAdmin(database).ActivityAsync(Token))[options.Group!].PausedBy);
    }

    [Fact]
    public async Task A_renewal_that_hangs_is_given_up_and_tried_again()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token);
        await using var service = await NoteService.StartAsync(options, Token);
        await using var database = await options.OpenDatabaseAsync(Token);
        await using var other = await options.OpenDatabaseAsync(Token);
        await Eventually.GetAsync(() => new GroupAdmin(database).ListAsync(Token), groups => groups.Count > 0);
        var time = new FakeTimeProvider();

        await using (await PauseLease.BeginAsync(database, options.Group!, "a test", time, Token))
        {
            await using (var transaction = await other.BeginTransactionAsync(Token))
            {
                await using (var locking = new NpgsqlCommand("UPDATE messaging.consumer_groups SET paused_until = now()", other))
                {
                    await locking.ExecuteNonQueryAsync(Token);
                }


                var hanging = await Eventually.GetAsync(() => RenewalAsync(time, service), begun => begun is not null);
                await Eventually.GetAsync(() => RenewalAsync(time, service), begun => begun is not null && begun != hanging);
                await transaction.CommitAsync(Token);
            }

            await Eventually.GetAsync(() => LaterAsync(time, service), left => left > 0);
        }

        Assert.Null((await new GroupAdmin(database).ActivityAsync(Token))[options.Group!].PausedBy);
    }

    /// <summary>When the renewal that waits for a lock began, after time has gone on; null while none does.</summary>
    private static async Task<DateTime?> RenewalAsync(FakeTimeProvider time, NoteService service)
    {
        time.Advance(Renewal);
        return await service.QueryAsync(
            """
            SELECT max(query_start) FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%paused_until = now() +%'
            """) as DateTime?;
    }

    private static Task<double> LaterAsync(FakeTimeProvider time, NoteService service)
    {
        time.Advance(Renewal);
        return LeftAsync(service);
    }

    private static async Task<double> LeftAsync(NoteService service) => (double)(await service.QueryAsync(
        "SELECT extract(epoch FROM paused_until - now())::float8 FROM messaging.consumer_groups"))!;
}
