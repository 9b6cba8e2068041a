using EventDriven.Tests.Messaging.Host;

namespace EventDriven.Tests.Messaging;

public sealed class RetentionTests(Servers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private const string ForeignId = "gen_random_uuid()";

    /// <summary>UUIDv7 of the row's own time.</summary>
    private const string OwnId =
        "(lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(gen_random_uuid()::text, 1, 3) || "
            + "substr(gen_random_uuid()::text, 20))::uuid";

    [Theory]
    [InlineData(OwnId)]
    [InlineData(ForeignId)]
    public async Task A_service_that_starts_forgets_what_is_older_than_a_redelivery_can_be_in_as_many_steps_as_it_takes(string id)
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token);
        await using var writer = await NoteService.StartAsync(options with { Group = null }, Token);
        await writer.QueryAsync(
            $"""
            INSERT INTO messaging.inbox ("group", identity, handled_at)
            SELECT 'old', {id}, at FROM (SELECT now() - interval '15 days 1 minute' AS at FROM generate_series(1, 10001)) AS old
            UNION ALL SELECT 'new', {id}, at FROM (SELECT now() - interval '14 days 23 hours' AS at FROM generate_series(1, 3)) AS new
            """);

        await using var service = await NoteService.StartAsync(options, Token);

        await Eventually.TrueAsync(async () =>
            await service.QueryAsync("SELECT count(*) FROM messaging.inbox WHERE \"group\" = 'old'") is 0L);
        Assert.Equal(3L, await service.QueryAsync("SELECT count(*) FROM messaging.inbox"));
    }

    [Fact]
    public async Task Dead_letters_that_were_resolved_are_kept_as_long_as_the_inbox_remembers_and_those_that_wait_for_ever()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token);
        await using var writer = await NoteService.StartAsync(options with { Group = null }, Token);
        await writer.QueryAsync(
            """
            INSERT INTO messaging.dead_letters ("group", cluster, topic, partition, "offset", time, headers, reason, attempts, state,
                changed_by, changed_at)
            SELECT 'g', 'c', state || age, 0, number, now(), '[]', 'failed', 1, state, 'test', now() - age
            FROM unnest('{parked,redriving,redriven,discarded}'::text[]) AS state,
                unnest('{15 days 1 minute,14 days 23 hours}'::interval[]) AS age, generate_series(1, 5001) AS number
            """);

        await using var service = await NoteService.StartAsync(options, Token);

        await Eventually.TrueAsync(async () => await service.QueryAsync("SELECT count(*) FROM messaging.dead_letters") is 6L * 5001);
        Assert.Equal(
            4L * 5001, await service.QueryAsync("SELECT count(*) FROM messaging.dead_letters WHERE state IN ('parked', 'redriving')"));
        Assert.Equal(0L, await service.QueryAsync(
            "SELECT count(*) FROM messaging.dead_letters WHERE state IN ('redriven', 'discarded') "
            + "AND changed_at < now() - interval '15 days'"));
    }
}
