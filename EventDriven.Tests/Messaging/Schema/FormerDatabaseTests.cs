using Analytics.Worker.Database;
using Inventory.Worker.Database;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace EventDriven.Tests.Messaging.Schema;

/// <summary>
/// Databases of the version before messaging had a schema of its own are brought over, and what that version writes meanwhile counts.
/// </summary>
public sealed class FormerDatabaseTests(Servers servers)
{
    private static readonly string[] Tables =
        ["outbox", "inbox", "dead_letters", "consumer_groups", "consumer_bindings", "consumer_offsets", "consumer_logs"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(FormerDatabase.Inventory, 5)]
    [InlineData(FormerDatabase.Analytics, 6)]
    public async Task Every_row_is_there_afterwards(string service, int tables)
    {
        await using var database = await FormerDatabase.RestoreAsync(servers, service, Token);
        var before = await ContentsAsync(database, "public");
        Assert.Equal(tables, before.Count);
        Assert.All(before.Values, rows => Assert.NotEmpty(rows));

        await database.InstallAsync(Token);

        var after = await ContentsAsync(database, "messaging");
        Assert.All(before, table => Assert.Equal(table.Value, after[table.Key]));
    }

    /// <summary>The file of a table that is rewritten is another one.</summary>
    [Theory]
    [InlineData(FormerDatabase.Inventory)]
    [InlineData(FormerDatabase.Analytics)]
    public async Task No_table_is_rewritten(string service)
    {
        const string Files = "SELECT relname || ' ' || pg_relation_filenode(oid) FROM pg_class WHERE relkind IN ('r', 'i') AND (relname ~ "
            + "'^(pk|ix)_(inbox|dead|consumer|outbox)' OR relname = ANY "
            + "('{outbox,inbox,dead_letters,consumer_groups,consumer_bindings,consumer_offsets,consumer_logs}'))";
        await using var database = await FormerDatabase.RestoreAsync(servers, service, Token);
        var before = await database.ReadAsync(Files, Token);

        await database.InstallAsync(Token);

        Assert.Subset((await database.ReadAsync(Files, Token)).ToHashSet(StringComparer.Ordinal), before.ToHashSet(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(FormerDatabase.Inventory)]
    [InlineData(FormerDatabase.Analytics)]
    public async Task It_is_made_like_a_new_one(string service)
    {
        // Of an index's condition only that it has one: a dump writes it in other words.
        const string Shape = """
            SELECT format('%s %s %s %s', table_name, column_name, data_type, is_nullable) FROM information_schema.columns
                WHERE table_schema = 'messaging'
            UNION ALL SELECT regexp_replace(indexdef, '(WHERE) .*', '\1') FROM pg_indexes WHERE schemaname = 'messaging'
            UNION ALL SELECT format('%s %s', conname, pg_get_constraintdef(oid)) FROM pg_constraint
                WHERE connamespace = 'messaging'::regnamespace
            UNION ALL SELECT sequence_name FROM information_schema.sequences WHERE sequence_schema = 'messaging'
            UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = 'messaging.outbox'::regclass
            ORDER BY 1
            """;
        await using var former = await FormerDatabase.RestoreAsync(servers, service, Token);
        await using var made = new NpgsqlConnection(await servers.CreateDatabaseAsync(Token));
        await made.OpenAsync(Token);

        await former.InstallAsync(Token);
        await made.InstallAsync(Token);

        Assert.Equal(await made.ReadAsync(Shape, Token), await former.ReadAsync(Shape, Token));
    }

    [Fact]
    public async Task Inventorys_own_tables_need_no_migration() => Assert.Empty(await PendingAsync(
        FormerDatabase.Inventory, database => new InventoryDbContext(Options<InventoryDbContext>(database))));

    [Fact]
    public async Task Analytics_own_tables_need_no_migration() => Assert.Empty(await PendingAsync(
        FormerDatabase.Analytics, database => new AnalyticsDbContext(Options<AnalyticsDbContext>(database))));

    /// <summary>It waits in short turns, so that nobody waits behind it for long.</summary>
    [Fact]
    public async Task A_transaction_that_uses_a_table_comes_to_its_end_first()
    {
        await using var database = await FormerDatabase.RestoreAsync(servers, FormerDatabase.Inventory, Token);
        await using var other = new NpgsqlConnection(database.ConnectionString);
        await other.OpenAsync(Token);
        await using var transaction = await other.BeginTransactionAsync(Token);
        await other.RunAsync("DELETE FROM outbox WHERE key = 'order-0'", Token);

        var installing = database.InstallAsync(Token);
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Token);
        Assert.False(installing.IsCompleted);
        await transaction.CommitAsync(Token);
        await installing;

        Assert.Equal(["2"], await other.ReadAsync("SELECT count(*) FROM messaging.outbox", Token));
    }

    private async Task<IEnumerable<string>> PendingAsync(string service, Func<NpgsqlConnection, DbContext> context)
    {
        await using var database = await FormerDatabase.RestoreAsync(servers, service, Token);
        await using var opened = context(database);
        return await opened.Database.GetPendingMigrationsAsync(Token);
    }

    private static DbContextOptions<TContext> Options<TContext>(NpgsqlConnection database)
        where TContext : DbContext => new DbContextOptionsBuilder<TContext>().UseNpgsql(database).UseSnakeCaseNamingConvention().Options;

    private static async Task<Dictionary<string, List<string>>> ContentsAsync(NpgsqlConnection database, string schema)
    {
        var contents = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var table in Tables)
        {
            if (await database.ReadAsync($"SELECT to_regclass('{schema}.{table}') IS NOT NULL", Token) is ["True"])
            {
                // Without the columns that came later.
                var columns = string.Join(", ", await database.ReadAsync(
                    $"""
                    SELECT quote_ident(column_name) FROM information_schema.columns
                    WHERE table_schema = '{schema}' AND table_name = '{table}' AND column_name NOT IN ('major', 'redrive_id')
                    ORDER BY ordinal_position
                    """,
                    Token));
                contents.Add(table, await database.ReadAsync($"SELECT ROW({columns})::text FROM {schema}.{table} ORDER BY 1", Token));
            }
        }

        return contents;
    }
}
