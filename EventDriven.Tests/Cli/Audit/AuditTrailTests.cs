using EventDriven.Cli.Audit.Trail;
using EventDriven.Messaging.Operations.Audit;
using EventDriven.Tests.Messaging.Schema;
using Npgsql;

namespace EventDriven.Tests.Cli.Audit;

/// <summary>The commands' role may add and read entries and nothing else, and there is one chain of them.</summary>
public sealed class AuditTrailTests(Servers servers)
{
    private static readonly string[] Forbidden =
    [
        "UPDATE audit.entries SET reason = 'another'",
        "DELETE FROM audit.entries",
        "TRUNCATE audit.entries",
        "DROP TABLE audit.entries",
        "ALTER TABLE audit.entries DISABLE TRIGGER ALL",
        "ALTER TABLE audit.entries ADD COLUMN more int",
        "ALTER TABLE audit.entries OWNER TO audit_writer",
        "DROP FUNCTION audit.refuse() CASCADE",
        "DROP SCHEMA audit CASCADE",
        "CREATE TABLE audit.more (id int)",
        "CREATE TABLE public.more (id int)",
        "CREATE TRIGGER more BEFORE INSERT ON audit.entries FOR EACH ROW EXECUTE FUNCTION audit.refuse()",
        "CREATE SCHEMA more",
        "SET ROLE audit_owner",
        "SET session_replication_role = replica",
        "COPY (SELECT 1) TO PROGRAM 'cat'",
    ];

    private static readonly string[] Mistaken =
    [
        "UPDATE audit.entries SET reason = 'another'",
        "DELETE FROM audit.entries",
        "TRUNCATE audit.entries",
        "SET session_replication_role = replica; DELETE FROM audit.entries",
        "SET ROLE audit_owner; DELETE FROM audit.entries",
    ];

    private static readonly string[] Columns =
    [
        "sequence", "change_id", "time", "operator", "subject", "host", "address", "command", "reason", "phase", "detail", "previous_hash",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_role_may_change_nothing()
    {
        var audit = await AuditFixture.CreateAsync(servers);
        await audit.AppendAsync(1);

        foreach (var sql in Forbidden)
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => audit.RunAsync(sql));
            Assert.True(refused.SqlState == PostgresErrorCodes.InsufficientPrivilege, $"{sql}: {refused.MessageText}");
        }

        Assert.Equal("a test", Assert.Single(await audit.EntriesAsync()).Record.Reason);
    }

    [Fact]
    public async Task Not_even_the_owner_or_a_superuser_changes_an_entry_by_mistake()
    {
        var audit = await AuditFixture.CreateAsync(servers);
        await audit.AppendAsync(1);

        foreach (var sql in Mistaken)
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => audit.RunAsAdministratorAsync(sql));
            Assert.Equal("Entries of the audit trail are never changed or deleted.", refused.MessageText);
        }
    }

    [Fact]
    public async Task Nobody_can_log_in_as_the_owner()
    {
        await AuditFixture.CreateAsync(servers);
        await using var connection = new NpgsqlConnection(servers.Postgres);
        await connection.OpenAsync(Token);

        Assert.Equal(
            ["False"], await connection.ReadAsync($"SELECT rolcanlogin FROM pg_roles WHERE rolname = '{AuditDatabase.Owner}'", Token));
    }

    /// <summary>An insertion that says what is not so would break the chain for good, or lie.</summary>
    [Theory]
    [InlineData("address = '10.0.0.1'", "has the address that it comes from")]
    [InlineData("address = NULL", "has the address that it comes from")]
    [InlineData("time = time - interval '61 seconds'", "has the time at which it is written")]
    [InlineData("time = time + interval '61 seconds'", "has the time at which it is written")]
    [InlineData("time = 'infinity'", "has the time at which it is written")]
    [InlineData("hash = sha256(hash)", "has the hash of its fields")]
    [InlineData("hash = NULL", "has the hash of its fields")]
    [InlineData("operator = 'grace'", "has the hash of its fields")]
    public async Task An_entry_that_is_not_true_is_refused(string set, string message)
    {
        var audit = await AuditFixture.CreateAsync(servers);
        await audit.AppendAsync(1);
        var (column, value) = set.Split(" = ", 2) is [var left, var right] ? (left, right) : ("", "");
        var values = Columns.Select(name => name == column ? value : name).Append(column == "hash" ? value : "right_hash");

        // A second entry with the fields of the first, which is right but for what is set.
        var refused = await Assert.ThrowsAsync<PostgresException>(() => audit.RunAsync(
            $"""
            WITH following AS MATERIALIZED (
                SELECT jsonb_populate_record(NULL::audit.entries, to_jsonb(e) || jsonb_build_object(
                    'sequence', 2, 'previous_hash', e.hash, 'time', clock_timestamp())) AS entry FROM audit.entries e),
            hashed AS (SELECT (entry).*, audit.hash_of(entry) AS right_hash FROM following)
            INSERT INTO audit.entries ({string.Join(", ", Columns)}, hash) SELECT {string.Join(", ", values)} FROM hashed
            """));

        Assert.Equal(PostgresErrorCodes.CheckViolation, refused.SqlState);
        Assert.Contains(message, refused.MessageText, StringComparison.Ordinal);
        Assert.Null((await audit.CheckAsync()).Fault);
    }

    /// <summary>The database computes the same hash as the commands do, whatever the fields hold.</summary>
    [Fact]
    public async Task Entries_of_all_kinds_of_text_are_added()
    {
        var audit = await AuditFixture.CreateAsync(servers);
        foreach (var text in (string[])["", "a", "'\\\"\n\t", "Zoë 🛒", new string('x', 4000)])
        {
            await audit.Trail.AppendAsync(
                AuditFixture.Record(1) with { Command = text, Subject = text, Detail = text.Length > 1 ? null : text }, Token);
        }

        Assert.Null((await audit.CheckAsync()).Fault);
    }

    /// <summary>A command that stands still, or whose machine is gone, would keep all others from changing anything.</summary>
    [Fact]
    public async Task A_session_that_stands_still_loses_the_lock()
    {
        var audit = await AuditFixture.CreateAsync(servers);
        await using var connection = await audit.Trail.OpenAsync(Token);

        await connection.RunAsync($"BEGIN; {PostgresAuditTrail.Settings}", Token);

        Assert.Equal(["10s"], await connection.ReadAsync("SHOW idle_in_transaction_session_timeout", Token));
    }

    [Fact]
    public async Task An_entry_that_does_not_follow_the_last_one_is_refused()
    {
        var audit = await AuditFixture.CreateAsync(servers);
        await audit.AppendAsync(2);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => audit.RunAsync(
            """
            WITH following AS MATERIALIZED (
                SELECT jsonb_populate_record(NULL::audit.entries, to_jsonb(e) || jsonb_build_object(
                    'sequence', 4, 'time', clock_timestamp())) AS entry FROM audit.entries e WHERE sequence = 2),
            hashed AS (SELECT (entry).*, audit.hash_of(entry) AS right_hash FROM following)
            INSERT INTO audit.entries SELECT sequence, change_id, time, operator, subject, host, address, command, reason, phase, detail,
                previous_hash, right_hash FROM hashed
            """));

        Assert.Equal(PostgresErrorCodes.CheckViolation, refused.SqlState);
        Assert.Contains("follows the last one", refused.MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_entry_holds_what_was_told_and_the_hash_of_the_one_before()
    {
        var audit = await AuditFixture.CreateAsync(servers);
        var before = TimeProvider.System.GetUtcNow();
        await audit.AppendAsync(3);

        var entries = await audit.EntriesAsync();

        Assert.Equal([1, 2, 3], entries.Select(entry => entry.Sequence));
        Assert.Equal(["forget 1", "forget 2", "forget 3"], entries.Select(entry => entry.Record.Command));
        Assert.Equal([AuditHash.Start, entries[0].Hash, entries[1].Hash], entries.Select(entry => entry.PreviousHash), Same);
        Assert.All(entries, entry =>
        {
            Assert.Equal(AuditFixture.Record(0) with { ChangeId = entry.Record.ChangeId, Command = entry.Record.Command }, entry.Record);
            Assert.InRange(entry.Time, before.AddMinutes(-1), TimeProvider.System.GetUtcNow().AddMinutes(1));
            Assert.Equal("127.0.0.1", entry.Address);
        });
        Assert.Null((await audit.CheckAsync()).Fault);
    }

    /// <summary>With names of its own, because roles are the whole server's.</summary>
    [Fact]
    public async Task The_script_for_an_administrator_makes_such_a_database()
    {
        var id = $"{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
        var script = AuditDatabase.Script()
            .Replace(AuditDatabase.Name, $"trail{id}", StringComparison.Ordinal)
            .Replace(AuditDatabase.Owner, $"owner{id}", StringComparison.Ordinal)
            .Replace(AuditDatabase.Role, $"writer{id}", StringComparison.Ordinal);

        // What psql does when a statement fails.
        Assert.Equal("\\set ON_ERROR_STOP on", script.Split('\n')[1].TrimEnd());
        script = script.Replace("\\set ON_ERROR_STOP on", "", StringComparison.Ordinal);
        var (server, database) = script.Split($"\\connect trail{id}") is [var before, var after] ? (before, after) : ("", "");
        var administrator = new NpgsqlConnectionStringBuilder(servers.Postgres) { Database = "postgres", Pooling = false };
        await using (var connection = new NpgsqlConnection(administrator.ConnectionString))
        {
            await connection.OpenAsync(Token);
            foreach (var statement in server.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                await connection.RunAsync(statement, Token);
            }
        }

        await using (var connection = new NpgsqlConnection(administrator.ConnectionString))
        {
            await connection.OpenAsync(Token);
            var refused = await Assert.ThrowsAsync<PostgresException>(() => connection.RunAsync(database, Token));
            Assert.Equal($"Nothing is made in postgres: connect to trail{id}.", refused.MessageText);
            Assert.Empty(await connection.ReadAsync("SELECT nspname FROM pg_namespace WHERE nspname = 'audit'", Token));
        }

        administrator.Database = $"trail{id}";
        await using (var connection = new NpgsqlConnection(administrator.ConnectionString))
        {
            await connection.OpenAsync(Token);
            await connection.RunAsync(database, Token);
        }

        administrator.Username = $"writer{id}";
        administrator.Password = "choose-one";
        await using var writer = new NpgsqlConnection(administrator.ConnectionString);
        await writer.OpenAsync(Token);
        Assert.Equal(["UTF8"], await writer.ReadAsync("SHOW server_encoding", Token));
        Assert.Equal(1, (await new PostgresAuditTrail(administrator.ConnectionString).AppendAsync(AuditFixture.Record(1), Token)).Sequence);
        Assert.Equal(
            PostgresErrorCodes.InsufficientPrivilege,
            (await Assert.ThrowsAsync<PostgresException>(() => writer.RunAsync("DELETE FROM audit.entries", Token))).SqlState);
    }

    [Fact]
    public async Task Many_who_write_at_once_make_one_chain_without_gaps()
    {
        const int Writers = 8;
        const int Each = 10;
        var audit = await AuditFixture.CreateAsync(servers);

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => audit.AppendAsync(Each)));

        var (fault, check) = await audit.CheckAsync();
        Assert.Null(fault);
        Assert.Equal(Writers * Each, check.Entries);
    }

    private static bool Same(ReadOnlyMemory<byte> one, ReadOnlyMemory<byte> other) => one.Span.SequenceEqual(other.Span);
}
