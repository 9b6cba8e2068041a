using EventDriven.Hosting.Postgres;
using EventDriven.Tests.Messaging.Schema;
using Npgsql;

namespace EventDriven.Tests.Hosting;

/// <summary>A service's role owns its database and may use nothing else.</summary>
public sealed class DatabaseRoleTests(Servers servers)
{
    private const string OtherDatabase = "SELECT 1";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_may_do_everything_in_its_database()
    {
        await using var own = await OpenAsync(await EnsureAsync(NewName()));

        await own.RunAsync(
            """
            CREATE SCHEMA messaging; CREATE TABLE messaging.t (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
            CREATE TABLE public.t (id int); CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
            SELECT pg_advisory_lock(1); CREATE TEMP TABLE u (id int)
            """,
            Token);
    }

    [Theory]
    [InlineData("CREATE DATABASE another", PostgresErrorCodes.InsufficientPrivilege)]
    [InlineData("CREATE ROLE another", PostgresErrorCodes.InsufficientPrivilege)]
    [InlineData("ALTER ROLE postgres PASSWORD 'known'", PostgresErrorCodes.InsufficientPrivilege)]
    [InlineData("COPY (SELECT 1) TO PROGRAM 'cat'", PostgresErrorCodes.InsufficientPrivilege)]
    [InlineData("SELECT pg_read_file('PG_VERSION')", PostgresErrorCodes.InsufficientPrivilege)]
    [InlineData("SELECT rolpassword FROM pg_authid", PostgresErrorCodes.InsufficientPrivilege)]
    [InlineData("ALTER SYSTEM SET work_mem = '1GB'", PostgresErrorCodes.InsufficientPrivilege)]
    public async Task It_may_not_touch_the_server(string sql, string error)
    {
        await using var own = await OpenAsync(await EnsureAsync(NewName()));

        Assert.Equal(error, (await Assert.ThrowsAsync<PostgresException>(() => own.RunAsync(sql, Token))).SqlState);
    }

    [Theory]
    [InlineData("postgres")]
    [InlineData("template1")]
    [InlineData(OtherDatabase)]
    public async Task It_may_connect_to_no_other_database(string database)
    {
        var own = await EnsureAsync(NewName());
        var other = database == OtherDatabase ? new NpgsqlConnectionStringBuilder(await EnsureAsync(NewName())).Database : database;

        var refused = await Assert.ThrowsAsync<PostgresException>(
            () => OpenAsync(new NpgsqlConnectionStringBuilder(own) { Database = other }.ConnectionString));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    /// <summary>As this application's former versions made them.</summary>
    [Fact]
    public async Task What_the_administrator_made_in_it_becomes_its_own()
    {
        var administrator = await servers.CreateDatabaseAsync(Token);
        await using (var database = await OpenAsync(administrator))
        {
            await database.RunAsync(
                """
                CREATE SCHEMA messaging; CREATE SEQUENCE messaging.s; CREATE TABLE "Kept" (id serial, name text);
                CREATE TABLE messaging.t (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY); INSERT INTO "Kept" (name) VALUES ('kept');
                CREATE VIEW v AS SELECT * FROM "Kept"; CREATE FUNCTION messaging.f(a int, b text) RETURNS int LANGUAGE sql AS 'SELECT 1'
                """,
                Token);
        }

        var name = new NpgsqlConnectionStringBuilder(administrator).Database!;
        await using var own = await OpenAsync(await EnsureAsync(name));

        Assert.Equal(["kept"], await own.ReadAsync("SELECT name FROM v", Token));
        await own.RunAsync(
            """
            DROP VIEW v; INSERT INTO "Kept" (name) VALUES ('more'); ALTER TABLE messaging.t ADD COLUMN more int; DROP FUNCTION messaging.f;
            SELECT nextval('messaging.s'); DROP TABLE "Kept"; DROP SCHEMA messaging CASCADE
            """,
            Token);
    }

    [Fact]
    public async Task A_new_password_holds_from_the_next_connection_on()
    {
        var name = NewName();
        var former = await EnsureAsync(name, "former");

        await using (await OpenAsync(await EnsureAsync(name, "it's \\ new")))
        {
        }

        Assert.Equal(
            PostgresErrorCodes.InvalidPassword, (await Assert.ThrowsAsync<PostgresException>(() => OpenAsync(former))).SqlState);
    }

    [Theory]
    [InlineData("checkoutdb", "checkout")]
    [InlineData("db", "db")]
    [InlineData("orders", "orders")]
    public void It_is_called_as_the_service(string database, string role) => Assert.Equal(role, DatabaseRole.NameFor(database));

    // Of a database that does not exist yet.
    private static string NewName() => $"made{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";

    private async Task<string> EnsureAsync(string database, string password = "secret")
    {
        var role = new DatabaseRole($"role-{database}", password, database);
        await role.EnsureAsync(servers.Postgres, Token);
        await role.EnsureAsync(servers.Postgres, Token);
        return role.ConnectionString(servers.Postgres);
    }

    private static async Task<NpgsqlConnection> OpenAsync(string connectionString)
    {
        var connection = new NpgsqlConnection($"{connectionString};Pooling=false");
        await connection.OpenAsync(Token);
        return connection;
    }
}
