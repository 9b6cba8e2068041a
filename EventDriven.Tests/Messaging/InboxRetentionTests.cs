using EventDriven.Tests.Messaging.Host;

namespace EventDriven.Tests.Messaging;

public sealed class InboxRetentionTests(Servers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_service_that_starts_forgets_what_is_older_than_a_redelivery_can_be_in_as_many_steps_as_it_takes()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token);
        await using var writer = await NoteService.StartAsync(options with { Group = null }, Token);
        await writer.QueryAsync(
            """
            INSERT INTO inbox ("group", event_id, handled_at)
            SELECT 'old', gen_random_uuid(), now() - interval '10 days 1 minute' FROM generate_series(1, 10001)
            UNION ALL SELECT 'new', gen_random_uuid(), now() - interval '9 days 23 hours' FROM generate_series(1, 3)
            """);

        await using var service = await NoteService.StartAsync(options, Token);

        await Eventually.TrueAsync(async () => await service.QueryAsync("SELECT count(*) FROM inbox WHERE \"group\" = 'old'") is 0L);
        Assert.Equal(3L, await service.QueryAsync("SELECT count(*) FROM inbox"));
    }
}
