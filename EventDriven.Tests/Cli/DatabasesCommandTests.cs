using System.CommandLine;
using EventDriven.Cli;
using EventDriven.Cli.Installation;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Tests.Messaging.Schema;
using Npgsql;

namespace EventDriven.Tests.Cli;

/// <summary>The job of a deployment that makes databases and roles.</summary>
public sealed class DatabasesCommandTests(Servers servers) : IDisposable
{
    private const string Administrator = "ConnectionStrings__postgres";

    private readonly string _role = $"made{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
    private readonly List<string> _set = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_makes_what_a_connection_string_names_and_nothing_the_second_time()
    {
        Set(Administrator, servers.Postgres);
        var own = Declare();

        Assert.Equal(ExitCode.Done, await RunAsync("databases", "apply", "--yes", "--because", "a test"));
        await using (var connection = new NpgsqlConnection($"{own};Pooling=false"))
        {
            await connection.OpenAsync(Token);
            await connection.RunAsync("CREATE TABLE t (id int)", Token);
        }

        // Nobody is asked when there is nothing to do.
        Assert.Equal(ExitCode.Done, await RunAsync("databases", "apply"));
    }

    [Fact]
    public async Task Another_password_is_set()
    {
        Set(Administrator, servers.Postgres);
        Declare("former");
        Assert.Equal(ExitCode.Done, await RunAsync("databases", "apply", "--yes", "--because", "a test"));

        var own = Declare("new");
        Assert.Equal(ExitCode.Done, await RunAsync("databases", "apply", "--yes", "--because", "a test"));

        await using var connection = new NpgsqlConnection($"{own};Pooling=false");
        await connection.OpenAsync(Token);
    }

    /// <summary>As managed servers have one.</summary>
    [Fact]
    public async Task An_administrator_need_be_no_superuser()
    {
        var administrator = $"admin{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
        await using (var server = new NpgsqlConnection($"{servers.Postgres};Database=postgres;Pooling=false"))
        {
            await server.OpenAsync(Token);
            await server.RunAsync(
                $"CREATE ROLE {administrator} LOGIN CREATEDB CREATEROLE PASSWORD 'secret'; "
                + $"GRANT CONNECT ON DATABASE postgres TO {administrator}",
                Token);
        }

        Set(Administrator, new NpgsqlConnectionStringBuilder(servers.Postgres)
        {
            Username = administrator,
            Password = "secret",
        }.ConnectionString);
        Declare("former");
        Assert.Equal(ExitCode.Done, await RunAsync("databases", "apply", "--yes", "--because", "a test"));
        var own = Declare("new");
        Assert.Equal(ExitCode.Done, await RunAsync("databases", "apply", "--yes", "--because", "a test"));

        await using var connection = new NpgsqlConnection($"{own};Pooling=false");
        await connection.OpenAsync(Token);
        await connection.RunAsync("CREATE SCHEMA messaging", Token);
    }

    [Fact]
    public async Task Nothing_is_made_unless_somebody_agrees()
    {
        Set(Administrator, servers.Postgres);
        var own = Declare();

        Assert.Equal(ExitCode.Usage, await RunAsync("databases", "apply"));

        await using var connection = new NpgsqlConnection($"{own};Pooling=false");
        Assert.Equal(
            PostgresErrorCodes.InvalidPassword,
            (await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync(Token))).SqlState);
    }

    [Fact]
    public async Task The_administrators_login_is_no_services()
    {
        Set(Administrator, servers.Postgres);
        Set($"ConnectionStrings__{_role}db", $"{servers.Postgres};Database={_role}");

        var (exitCode, errors) = await Output.OfErrorsAsync(() => RunAsync("databases", "apply", "--yes", "--because", "a test"));

        Assert.Equal(ExitCode.Usage, exitCode);
        Assert.Contains("give the service a role of its own", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_server_is_refused()
    {
        Set(Administrator, servers.Postgres);
        Set($"ConnectionStrings__{_role}db", $"Host=elsewhere;Username={_role};Password=secret;Database={_role}");

        var (exitCode, errors) = await Output.OfErrorsAsync(() => RunAsync("databases", "apply", "--yes", "--because", "a test"));

        Assert.Equal(ExitCode.Usage, exitCode);
        Assert.Contains("names another server (elsewhere:5432)", errors, StringComparison.Ordinal);
    }

    public void Dispose() => _set.ForEach(name => Environment.SetEnvironmentVariable(name, null));

    private static Task<int> RunAsync(params string[] args) =>
        CommandLine.RunAsync(new RootCommand { DatabasesCommand.Create(Asked.Nobody) }, args, Token);

    private string Declare(string password = "secret")
    {
        var own = new NpgsqlConnectionStringBuilder(servers.Postgres)
        {
            Username = _role,
            Password = password,
            Database = _role,
        }.ConnectionString;
        Set($"ConnectionStrings__{_role}db", own);
        return own;
    }

    // Tests run one after another.
    private void Set(string name, string value)
    {
        Environment.SetEnvironmentVariable(name, value);
        _set.Add(name);
    }
}
