using System.Net;
using System.Text.RegularExpressions;
using EventDriven.Identity;
using EventDriven.Tests.Authorization;
using EventDriven.Tests.Cli.Audit;
using EventDriven.Tests.Messaging.Host;
using EventDriven.Tests.Messaging.Schema;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace EventDriven.Tests.ControlRoom.Redrives;

/// <summary>A redrive by age, and how far it is, by what the databases hold alone.</summary>
public sealed partial class RedrivePageTests(Servers servers)
{
    // Of the key a: one that failed two hours ago, and a young one behind it. Of b: one that failed just now.
    private const string Parked =
        """
        INSERT INTO messaging.consumer_groups ("group", cluster, topics, offsets_in_database, inbox_retention_days, started_at)
        VALUES ('inventory', 'log', '{orders.v1}', false, 7, now());
        INSERT INTO messaging.dead_letters ("group", cluster, topic, partition, "offset", key, time, headers, reason, attempts,
            first_failed_at, state, changed_by, changed_at)
        VALUES ('inventory', 'log', 'orders.v1', 0, 1, 'a', now(), '[]', 'failed', 5, now() - interval '2 h', 'parked', 'inventory', now()),
            ('inventory', 'log', 'orders.v1', 0, 2, 'a', now(), '[]', 'behind', 0, NULL, 'parked', 'inventory', now()),
            ('inventory', 'log', 'orders.v1', 0, 3, 'b', now(), '[]', 'failed', 5, now(), 'parked', 'inventory', now());
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_redrive_by_age_takes_whole_keys_and_its_progress_survives_a_restart_of_the_page()
    {
        var trail = await AuditFixture.CreateAsync(servers);
        var database = await servers.CreateDatabaseAsync(Token);
        await using var connection = await ParkAsync(database);
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:inventorydb"] = database,
            ["ConnectionStrings:auditdb"] = trail.ConnectionString,
        };

        await using (var app = new ControlRoomApp(settings))
        {
            await SignInAsync(app);
            var preview = await TextAsync(app, "/dead-letters/redrive?group=inventory&older=1h");
            Assert.Contains("2 dead letters of 1 key in group inventory will be redriven", preview, StringComparison.Ordinal);
            var since = Since().Match(preview).Groups["time"].Value;
            Assert.NotEmpty(since);

            using var asked = await Form.SendAsync(
                app.Client,
                "/dead-letters/redrive?group=inventory&older=1h",
                "/dead-letters/redrive",
                ("group", "inventory"), ("older", since), ("because", "The shelf is there again."));

            Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
            Assert.Contains("redriving=2", $"{asked.Headers.Location}", StringComparison.Ordinal);
            Assert.Contains("0 of 2 events", await TextAsync(app, $"{asked.Headers.Location}"), StringComparison.Ordinal);
            Assert.Equal(
                ["redriving", "redriving", "parked"],
                await connection.ReadAsync("SELECT state FROM messaging.dead_letters ORDER BY \"offset\"", Token));
        }

        await connection.RunAsync("UPDATE messaging.dead_letters SET state = 'redriven' WHERE \"offset\" = 1", Token);
        await using var again = new ControlRoomApp(settings);
        await SignInAsync(again);
        var list = await TextAsync(again, "/dead-letters?group=inventory");
        var change = await TextAsync(again, Change().Match(list).Value);

        Assert.All([list, change], page => Assert.Contains("1 of 2 events", page, StringComparison.Ordinal));
        Assert.Contains("The shelf is there again.", change, StringComparison.Ordinal);
        Assert.Contains("dead-letters redrive --group inventory --older-than 20", change, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_that_nobody_has_made_is_not_there()
    {
        var trail = await AuditFixture.CreateAsync(servers);
        await using var app = new ControlRoomApp(
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["ConnectionStrings:auditdb"] = trail.ConnectionString });
        app.Client.As(TestTokens.Of(Scopes.OpsRead));

        using var answer = await app.Client.GetAsync($"/changes/{Guid.Empty}", Token);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task The_progress_of_a_change_is_shown_when_the_audit_trail_does_not_answer()
    {
        var database = await servers.CreateDatabaseAsync(Token);
        await using var connection = await ParkAsync(database);
        var change = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await connection.RunAsync(
            $"UPDATE messaging.dead_letters SET redrive_id = '{change}', state = 'redriven' WHERE key = 'b'", Token);
        await using var app = new ControlRoomApp(
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["ConnectionStrings:inventorydb"] = database });
        app.Client.As(TestTokens.Of(Scopes.OpsRead));

        var page = await TextAsync(app, $"/changes/{change}");

        Assert.Contains("1 of 1 event", page, StringComparison.Ordinal);
        Assert.Contains("The audit trail does not answer.", page, StringComparison.Ordinal);
    }

    private static async Task<NpgsqlConnection> ParkAsync(string connectionString)
    {
        await using (var database = new TestDatabase(new DbContextOptionsBuilder<TestDatabase>().UseNpgsql(connectionString).Options))
        {
            await database.CreateAsync(Token);
        }

        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Token);
        await connection.RunAsync(Parked, Token);
        return connection;
    }

    private static async Task SignInAsync(ControlRoomApp app)
    {
        using var answer = await app.Client.GetAsync($"/sign-in/link?t={ControlRoomApp.LinkKey}", Token);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    private static async Task<string> TextAsync(ControlRoomApp app, string path)
    {
        using var answer = await app.Client.GetAsync(path, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Token));
    }

    [GeneratedRegex("""name="older" value="(?<time>[^"]+Z)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Since();

    [GeneratedRegex("""/changes/[0-9a-f-]{36}""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Change();
}
