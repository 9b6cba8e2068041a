using System.Net;
using System.Text;
using System.Text.Json;
using EventDriven.Identity;
using EventDriven.Tests.Authorization;
using EventDriven.Tests.Messaging.Host;
using EventDriven.Tests.Messaging.Schema;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace EventDriven.Tests.ControlRoom.Layout;

/// <summary>What a browser gets when something is not there or goes wrong: a page. Programs get problem documents.</summary>
public sealed class ProblemPageTests(Servers servers)
{
    // Reading it ends the connection, as a server does that is stopped.
    private const string GoesAway =
        """
        ALTER TABLE messaging.dead_letters RENAME TO kept_dead_letters;
        CREATE VIEW messaging.dead_letters AS SELECT kept.* FROM (SELECT pg_terminate_backend(pg_backend_pid()) AS gone) AS going
            LEFT JOIN messaging.kept_dead_letters AS kept ON going.gone;
        """;

    private const string Ended = "terminating connection due to administrator command";

    private string _database = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_address_that_does_not_exist_is_a_page_for_whoever_is_signed_in()
    {
        await using var app = new ControlRoomApp();
        using (var anonymous = await OpenAsync(app, "/no-such-page"))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
            Assert.Contains("<h1>Sign in</h1>", await TextAsync(anonymous), StringComparison.Ordinal);
        }

        await SignInAsync(app);
        using var answer = await OpenAsync(app, "/no-such-page");
        var page = await TextAsync(answer);

        Assert.Equal((HttpStatusCode.NotFound, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains("There is no page /no-such-page.", page, StringComparison.Ordinal);
        Assert.Contains("""<nav aria-label="Pages">""", page, StringComparison.Ordinal);
        Assert.True(answer.Headers.Contains("Content-Security-Policy"));
    }

    [Fact]
    public async Task A_database_that_goes_away_during_a_request_is_a_page_that_says_so_and_leads_back()
    {
        await using var app = await WithDatabaseAsync(GoesAway);
        await SignInAsync(app);

        using var answer = await OpenAsync(app, "/dead-letters?group=inventory&reason=failed");
        var page = await TextAsync(answer);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains($"A database does not answer (57P01: {Ended}", page, StringComparison.Ordinal);
        Assert.Contains("Is PostgreSQL running?", page, StringComparison.Ordinal);
        Assert.Contains(
            """<a class="button primary" href="/dead-letters?group=inventory&reason=failed">Try again</a>""",
            page,
            StringComparison.Ordinal);
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_form_that_fails_so_is_not_offered_again()
    {
        await using var app = await WithDatabaseAsync(GoesAway);
        await SignInAsync(app);
        app.Client.DefaultRequestHeaders.Accept.ParseAdd("text/html");

        using var answer = await Form.SendAsync(
            app.Client, "/sign-in", "/dead-letters/redrive", ("group", "inventory"), ("because", "It is repaired."));
        var page = await TextAsync(answer);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.DoesNotContain("Try again</a>", page, StringComparison.Ordinal);
        Assert.Contains("look at the page before you send the form again", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_gets_problem_documents()
    {
        await using var app = await WithDatabaseAsync(GoesAway);
        app.Client.As(TestTokens.Of(Scopes.OpsRead));

        using var unknown = await app.Client.GetAsync("/no-such-page", Token);
        using var away = await OpenAsync(app, "/dead-letters");

        Assert.Equal((HttpStatusCode.NotFound, "unknown-route"), (unknown.StatusCode, await CodeAsync(unknown)));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "database-away"), (away.StatusCode, await CodeAsync(away)));
    }

    [Fact]
    public async Task A_connection_that_a_restart_of_PostgreSQL_has_closed_is_no_error()
    {
        await using var app = await WithDatabaseAsync("SELECT 1");
        await SignInAsync(app);
        using (var before = await OpenAsync(app, "/dead-letters?group=inventory"))
        {
            Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        }

        await EndConnectionsAsync(_database);
        using var answer = await OpenAsync(app, "/dead-letters?group=inventory");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("does not answer", await TextAsync(answer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dead-letters/redrive")]
    [InlineData("/dead-letters/discard")]
    [InlineData("/replay/run")]
    [InlineData("/sign-out")]
    public async Task A_form_of_another_kind_from_somebody_unknown_is_refused_as_unknown(string action)
    {
        await using var app = new ControlRoomApp();
        using var json = new StringContent("{}", Encoding.UTF8, "application/json");

        using var answer = await app.Client.PostAsync(action, json, Token);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    // As a restart does, to those that are in use and to those that wait in a pool.
    private static async Task EndConnectionsAsync(string connectionString)
    {
        await using var other = new NpgsqlConnection($"{connectionString};Pooling=false");
        await other.OpenAsync(Token);
        await other.RunAsync(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
            Token);
    }

    private static async Task SignInAsync(ControlRoomApp app)
    {
        using var answer = await app.Client.GetAsync($"/sign-in/link?t={ControlRoomApp.LinkKey}", Token);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    private static async Task<HttpResponseMessage> OpenAsync(ControlRoomApp app, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");
        return await app.Client.SendAsync(request, Token);
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Token));

    private static async Task<string?> CodeAsync(HttpResponseMessage answer)
    {
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
        return problem.RootElement.GetProperty("code").GetString();
    }

    private async Task<ControlRoomApp> WithDatabaseAsync(string change)
    {
        _database = await servers.CreateDatabaseAsync(Token);
        await using (var database = new TestDatabase(new DbContextOptionsBuilder<TestDatabase>().UseNpgsql(_database).Options))
        {
            await database.CreateAsync(Token);
        }

        await using (var connection = new NpgsqlConnection(_database))
        {
            await connection.OpenAsync(Token);
            await connection.RunAsync(change, Token);
        }

        return new ControlRoomApp(
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["ConnectionStrings:inventorydb"] = _database });
    }
}
