using EventDriven.Cli.Audit.Trail;
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
        "ALTER TABLE audit.entries OWNER TO operator",
        "DROP FUNCTION audit.refuse() CASCADE",
        "DROP SCHEMA audit CASCADE",
        "CREATE TABLE audit.more (id int)",
        "CREATE TABLE public.more (id int)",
        "CREATE TRIGGER more BEFORE INSERT ON audit.entries FOR EACH ROW EXECUTE FUNCTION audit.refuse()",
        "CREATE SCHEMA more",
        "SET ROLE audit",
        "SET session_replication_role = replica",
        "COPY (SELECT 1) TO PROGRAM 'cat'",
    ];

    private static readonly string[] Mistaken =
    [
        "UPDATE audit.entries SET reason = 'another'",
        "DELETE FROM audit.entries",
        "TRUNCATE audit.entries",
        "SET session_replication_role = replica; DELETE FROM audit.entries",
        "SET ROLE audit; DELETE FROM audit.entries",
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
        var audit = await AuditFixture.CreateAsync(servers);
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(audit.ConnectionString) { Username = "audit", Pooling = false }.ConnectionString);

        await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync(Token));
    }

    [Fact]
    public async Task An_entry_that_does_not_follow_the_last_one_is_refused()
    {
        var audit = await AuditFixture.CreateAsync(servers);
        await audit.AppendAsync(2);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => audit.RunAsync(
            """
            INSERT INTO audit.entries (sequence, change_id, time, operator, host, command, reason, phase, previous_hash, hash)
            VALUES (4, gen_random_uuid(), now(), 'o', 'h', 'c', 'r', 'started', decode(repeat('01', 32), 'hex'),
                decode(repeat('02', 32), 'hex'))
            """));

        Assert.Equal(PostgresErrorCodes.CheckViolation, refused.SqlState);
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
            .Replace("audit", $"owner{id}", StringComparison.Ordinal)
            .Replace(AuditDatabase.Role, $"writer{id}", StringComparison.Ordinal);
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
        Assert.Equal(["0"], await writer.ReadAsync($"SELECT count(*) FROM owner{id}.entries", Token));
        Assert.Equal(
            PostgresErrorCodes.InsufficientPrivilege,
            (await Assert.ThrowsAsync<PostgresException>(() => writer.RunAsync($"DELETE FROM owner{id}.entries", Token))).SqlState);
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
