using Analytics.Worker.Database;
using Checkout.Api.Database;
using EventDriven.Messaging;
using EventDriven.Messaging.Storage.DeadLetters;
using Inventory.Worker.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Notifications.Worker.Database;
using Recommendations.Worker.Database;

namespace EventDriven.Tests.Services;

/// <summary>
/// Databases whose inboxes know events by their ids alone: what they have applied must not happen again when they are brought over.
/// </summary>
public sealed class IdentityMigrationTests(Servers servers)
{
    private const string Before = "InboxByIds";
    private const string Id = "0199f000-0000-7000-8000-000000000001";
    private const string ForeignId = "f81d4fae-7dec-41d0-a765-00a0c91e6bf6";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Checkout_knows_what_it_has_applied() => KnowsAsync<CheckoutDbContext>("OrderLinesAndInboxByIds", "/inventory");

    [Fact]
    public Task Inventory_knows_what_it_has_applied() => KnowsAsync<InventoryDbContext>(Before, "/checkout");

    [Fact]
    public Task Notifications_knows_what_it_has_applied() => KnowsAsync<NotificationsDbContext>(Before, "/checkout");

    [Fact]
    public Task Recommendations_knows_what_it_has_applied() => KnowsAsync<RecommendationsDbContext>(Before, "/checkout");

    [Fact]
    public Task Analytics_knows_what_it_has_applied() => KnowsAsync<AnalyticsDbContext>(Before, "/checkout", "/inventory");

    [Fact]
    public async Task A_dead_letter_is_identified_by_the_source_in_its_headers()
    {
        await using var database = await FormerAsync<InventoryDbContext>(Before);
        var headers = $$"""[{"name":"ce_id","value":"x"},{"name":"ce_source","value":"{{Convert.ToBase64String([0xff])}}"},{"name":"ce_source","value":"{{Convert.ToBase64String("/somewhere"u8)}}"}]""";
        var hostile = $$"""[{"name":"ce_source","value":"{{Convert.ToBase64String([0])}}"}]""";
        await database.Database.ExecuteSqlRawAsync(
            """
            INSERT INTO dead_letters ("group", cluster, topic, partition, "offset", event_id, time, headers, reason, attempts, state, changed_by, changed_at)
            VALUES ('g', 'c', 't', 0, 0, {0}::uuid, now(), {1}::jsonb, 'failed', 1, 'parked', 'test', now()), ('g', 'c', 't', 0, 1, NULL, now(), '[]', 'unreadable', 1, 'parked', 'test', now()),
                ('g', 'c', 't', 0, 2, {0}::uuid, now(), {2}::jsonb, 'failed', 1, 'parked', 'test', now())
            """,
            [Id, headers, hostile],
            Token);

        await database.Database.MigrateAsync(Token);

        var letters = await database.Set<DeadLetter>().AsNoTracking().OrderBy(letter => letter.Offset).ToListAsync(Token);
        Assert.Equal(
            (Id, "/somewhere", EventIdentity.Of("/somewhere", Id)), (letters[0].EventId, letters[0].Source, letters[0].Identity!.Value));
        Assert.Equal((null, null, null), (letters[1].EventId, letters[1].Source, letters[1].Identity));
        Assert.Equal((Id, null, null), (letters[2].EventId, letters[2].Source, letters[2].Identity));
    }

    [Fact]
    public async Task A_message_that_was_written_is_not_written_again()
    {
        await using var database = await FormerAsync<NotificationsDbContext>(Before);
        await database.Database.ExecuteSqlRawAsync(
            """
            INSERT INTO messages (event_id, kind, about, subject, body, state, attempts, happened_at, due_at, correlation_id)
            VALUES ({0}::uuid, 'welcome', gen_random_uuid(), '', '', 'Sent', 1, now(), now(), '')
            """,
            [Id],
            Token);

        await database.Database.MigrateAsync(Token);

        var message = await database.Messages.AsNoTracking().SingleAsync(Token);
        Assert.Equal((EventIdentity.Of("/checkout", Id), Id), (message.Identity, message.EventId));
    }

    private async Task KnowsAsync<TContext>(string before, params string[] sources)
        where TContext : DbContext
    {
        await using var database = await FormerAsync<TContext>(before);
        await database.Database.ExecuteSqlRawAsync(
            """INSERT INTO inbox ("group", event_id, handled_at) VALUES ('g', {0}::uuid, now()), ('g', {1}::uuid, now()), ('h', {0}::uuid, now())""", [Id, ForeignId], Token);

        await database.Database.MigrateAsync(Token);

        var rows = await database.Database.SqlQuery<string>($"""SELECT "group" || ' ' || identity AS "Value" FROM inbox""").ToListAsync(Token);
        Assert.Equal(
            sources.SelectMany(
                source =>
                    new[] { $"g {EventIdentity.Of(source, Id)}", $"g {EventIdentity.Of(source, ForeignId)}",
                        $"h {EventIdentity.Of(source, Id)}" }).Order(),
            rows.Order());
    }

    /// <summary>A database as the former version has left it.</summary>
    private async Task<TContext> FormerAsync<TContext>(string migration)
        where TContext : DbContext
    {
        var options = new DbContextOptionsBuilder<TContext>().UseNpgsql(await servers.CreateDatabaseAsync(Token))
            .UseSnakeCaseNamingConvention().Options;
        var database = (TContext)Activator.CreateInstance(typeof(TContext), options)!;
        await database.GetService<IMigrator>().MigrateAsync(migration, Token);
        return database;
    }
}
