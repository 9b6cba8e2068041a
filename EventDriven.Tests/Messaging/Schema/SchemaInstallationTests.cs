using EventDriven.Messaging.Storage.Schema;
using EventDriven.Tests.Messaging.Host;
using EventDriven.Tests.Services;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EventDriven.Tests.Messaging.Schema;

/// <summary>
/// A service installs the tables of messaging itself, whoever else does so at the same time, or says what an administrator has to run.
/// </summary>
public sealed class SchemaInstallationTests(Servers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_eight_instances_that_start_at_once_each_finds_the_schema_installed()
    {
        var database = await servers.CreateDatabaseAsync(Token);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            await using var instance = await OpenAsync(database);
            await instance.InstallAsync(Token);
            Assert.Equal(["0"], await instance.ReadAsync("SELECT count(*) FROM messaging.outbox", Token));
        }));

        await using var after = await OpenAsync(database);
        Assert.Equal(
            [.. Enumerable.Range(1, MessagingSchema.Version).Select(step => $"{step}")],
            await after.ReadAsync("SELECT version FROM messaging.schema_versions ORDER BY 1", Token));
    }

    [Fact]
    public async Task Eight_instances_bring_a_former_database_over_together()
    {
        await using var former = await FormerDatabase.RestoreAsync(servers, FormerDatabase.Inventory, Token);
        var database = former.ConnectionString;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            await using var instance = await OpenAsync(database);
            await instance.InstallAsync(Token);
        }));

        Assert.Equal(["3"], await former.ReadAsync("SELECT count(*) FROM messaging.outbox", Token));
    }

    [Fact]
    public async Task An_instance_beside_a_newer_version_goes_on_and_says_so()
    {
        var log = new LoggedLines();
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with { Log = log };
        await using var database = await options.OpenDatabaseAsync(Token);
        await database.RunAsync(
            "INSERT INTO messaging.schema_versions VALUES (1000, now(), 'newer'); ALTER TABLE messaging.inbox ADD COLUMN another text",
            Token);

        await using var service = await NoteService.StartAsync(options, Token);
        await service.AnnounceAsync(Token, new Noted("a", 1));

        await Eventually.GetAsync(service.EffectsAsync, effects => effects.Count == 1);
        Assert.Contains(
            log.Lines, line => line.Contains("has version 1000, which is newer than this instance's", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_table_of_the_services_own_with_such_a_name_is_left_alone()
    {
        await using var database = await OpenAsync(await servers.CreateDatabaseAsync(Token));
        await database.RunAsync("CREATE TABLE outbox (id int); CREATE TABLE inbox (id int, \"group\" text)", Token);

        await database.InstallAsync(Token);

        Assert.Equal(["inbox r", "outbox r"], await database.ReadAsync(
            "SELECT concat(relname, ' ', relkind) FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1", Token));
    }

    [Fact]
    public async Task A_role_that_may_not_create_the_schema_is_told_what_to_run_and_then_installs_it()
    {
        var (administrator, role) = await WithRoleAsync();
        await using var service = await OpenAsync(administrator, role);

        var refusal = await RefusalAsync(service);

        var remedy = $"CREATE SCHEMA messaging AUTHORIZATION \"{role}\";";
        Assert.Contains(remedy, refusal, StringComparison.Ordinal);
        await using (var database = await OpenAsync(administrator))
        {
            await database.RunAsync(remedy, Token);
        }

        await service.InstallAsync(Token);
    }

    [Fact]
    public async Task A_role_that_may_not_upgrade_the_schema_is_told_what_to_run()
    {
        var (administrator, role) = await WithRoleAsync();
        await using (var database = await OpenAsync(administrator))
        {
            await database.RunAsync($"CREATE SCHEMA messaging; GRANT USAGE ON SCHEMA messaging TO \"{role}\"", Token);
        }

        await using var service = await OpenAsync(administrator, role);

        Assert.Contains($"GRANT CREATE ON SCHEMA messaging TO \"{role}\";", await RefusalAsync(service), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_may_not_use_the_tables_is_told_what_to_run_and_then_may()
    {
        var (administrator, role) = await WithRoleAsync();
        await using var database = await OpenAsync(administrator);
        await database.InstallAsync(Token);
        await using var service = await OpenAsync(administrator, role);

        var refusal = await RefusalAsync(service);

        var grants = refusal[refusal.IndexOf("GRANT", StringComparison.Ordinal)..];
        Assert.Contains($"GRANT USAGE ON SCHEMA messaging TO \"{role}\";", grants, StringComparison.Ordinal);
        await database.RunAsync(grants, Token);
        await service.InstallAsync(Token);
    }

    [Fact]
    public async Task After_an_administrator_has_run_the_script_a_service_needs_no_right_to_create_anything()
    {
        var (administrator, role) = await WithRoleAsync();
        await using (var database = await OpenAsync(administrator))
        {
            await database.RunAsync(MessagingSchema.Script(role), Token);
            await database.RunAsync(MessagingSchema.Script(role), Token);
        }

        await using var service = await OpenAsync(administrator, role);
        await service.InstallAsync(Token);

        await service.RunAsync(
            """
            INSERT INTO messaging.outbox (event_id, topic, key, type, time, correlation_id, causation_id, data)
            VALUES (gen_random_uuid(), 't', 'k', 'y', now(), 'c', 'a', '');
            INSERT INTO messaging.dead_letters ("group", cluster, topic, partition, "offset", time, headers, reason, attempts, state,
                changed_by, changed_at)
            VALUES ('g', 'c', 't', 0, 0, now(), '[]', 'failed', 1, 'parked', 'me', now());
            DELETE FROM messaging.outbox; UPDATE messaging.dead_letters SET note = ''; SELECT FROM messaging.inbox
            """,
            Token);
    }

    /// <summary>A database, and a role that may connect to it and no more.</summary>
    private async Task<(string Administrator, string Role)> WithRoleAsync()
    {
        var administrator = await servers.CreateDatabaseAsync(Token);
        var role = $"role_{new NpgsqlConnectionStringBuilder(administrator).Database}";
        await using var database = await OpenAsync(administrator);
        await database.RunAsync($"CREATE ROLE \"{role}\"; GRANT \"{role}\" TO CURRENT_USER", Token);
        return (administrator, role);
    }

    private static async Task<string> RefusalAsync(NpgsqlConnection database) =>
        await new SchemaInstaller(TimeProvider.System, NullLogger.Instance).InstallAsync(database, publishes: true, Token) ?? "";

    private static async Task<NpgsqlConnection> OpenAsync(string connectionString, string? role = null)
    {
        var database = new NpgsqlConnection(connectionString);
        await database.OpenAsync(Token);
        if (role is not null)
        {
            await database.RunAsync($"SET ROLE \"{role}\"", Token);
        }

        return database;
    }
}
