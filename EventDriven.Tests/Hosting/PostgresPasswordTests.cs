using EventDriven.Tests.Messaging.Host;
using EventDriven.Tests.Messaging.Schema;
using Npgsql;

namespace EventDriven.Tests.Hosting;

/// <summary>A password that a connection string takes from a file (<c>Passfile</c>) changes without a restart.</summary>
public sealed class PostgresPasswordTests(RunningFolder running, Servers servers) : IClassFixture<RunningFolder>, IDisposable
{
    private const string Role = "rotating";

    private readonly string _file = Path.Combine(Directory.CreateTempSubdirectory("eventdriven-password-").FullName, "pgpass");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);

    [Fact]
    public async Task Every_connection_of_a_service_uses_the_password_that_is_in_the_file_when_it_is_opened()
    {
        var superuser = await running.Servers.ConnectionStringAsync("postgres", Token);
        await using var administrator = new NpgsqlConnection($"{superuser};Database=postgres;Pooling=false");
        await administrator.OpenAsync(Token);
        await administrator.RunAsync($"CREATE ROLE {Role} LOGIN", Token);
        await administrator.RunAsync($"CREATE DATABASE {Role} OWNER {Role}", Token);
        await SetPasswordAsync(administrator, "first");
        var database = new NpgsqlConnectionStringBuilder(superuser)
        {
            Database = Role,
            Username = Role,
            Password = null,
            Passfile = _file,
        }.ConnectionString;
        await using (var tables = new TestDatabase(TestDatabaseOptions.For(database)))
        {
            await tables.CreateAsync(Token);
        }

        await using var service = await NoteService.StartAsync(
            (await NoteServiceOptions.CreateAsync(servers, Token)) with { Database = database }, Token);
        await service.AnnounceAsync(Token, new Noted("a", 1));
        await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == 1);

        await SetPasswordAsync(administrator, "second");
        await administrator.RunAsync($"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = '{Role}'", Token);
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                await service.AnnounceAsync(Token, new Noted("a", 2));
                return true;
            }
            catch (Exception exception) when (exception.GetBaseException()
                is PostgresException { SqlState: PostgresErrorCodes.AdminShutdown } or IOException)
            {
                // A pooled connection that was ended; there are a few of them.
                return false;
            }
        });

        await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == 2);
    }

    // One line for all servers, as libpq's documentation has it: host:port:database:user:password.
    private async Task SetPasswordAsync(NpgsqlConnection administrator, string password)
    {
        await administrator.RunAsync($"ALTER ROLE {Role} PASSWORD '{password}'", Token);
        await File.WriteAllTextAsync(_file, $"*:*:*:{Role}:{password}\n", Token);
        File.SetUnixFileMode(_file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
