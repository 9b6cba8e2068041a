using System.Net;
using EventDriven.Tests.Messaging.Host;
using EventDriven.Tests.Messaging.Schema;
using EventDriven.Tests.Messaging.Secured;
using Npgsql;

namespace EventDriven.Tests.Hosting;

/// <summary>What a connection string says of TLS holds for every connection to PostgreSQL, those of the library included.</summary>
public sealed class PostgresTlsTests(RunningFolder running, Servers servers) : IClassFixture<RunningFolder>, IAsyncLifetime
{
    private readonly DirectoryInfo _certificates = Directory.CreateTempSubdirectory("eventdriven-tls-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Trusted => Path.Combine(_certificates.FullName, "trusted.pem");

    /// <summary>Gives the server a certificate of an authority of our own.</summary>
    public async ValueTask InitializeAsync()
    {
        using var authority = new TestAuthority();
        await File.WriteAllTextAsync(Trusted, authority.Pem, Token);
        var (certificate, key) = authority.Issue("postgres", IPAddress.Loopback);

        await using var administrator = new NpgsqlConnection(
            await running.Servers.ConnectionStringAsync("postgres", Token) + ";Database=postgres;Pooling=false");
        await administrator.OpenAsync(Token);
        await WriteAsync(administrator, "server.crt", certificate);
        await WriteAsync(administrator, "server.key", key);
        await administrator.RunAsync("ALTER SYSTEM SET ssl = on", Token);
        await administrator.RunAsync("SELECT pg_reload_conf()", Token);
        await Eventually.TrueAsync(async () => (await administrator.ReadAsync("SHOW ssl", Token)) is ["on"]);
    }

    public ValueTask DisposeAsync()
    {
        _certificates.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Every_connection_of_a_service_is_encrypted_and_knows_its_server()
    {
        var database = $"{await DatabaseAsync()};SSL Mode=VerifyFull;Root Certificate={Trusted}";
        await using (var tables = new TestDatabase(TestDatabaseOptions.For(database)))
        {
            await tables.CreateAsync(Token);
        }

        await using var service = await NoteService.StartAsync(
            (await NoteServiceOptions.CreateAsync(servers, Token)) with { Database = database }, Token);
        await service.AnnounceAsync(Token, new Noted("a", 1));
        await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == 1);

        Assert.Equal(true, await service.QueryAsync(
            """
            SELECT bool_and(ssl) AND count(*) > 1 FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
            WHERE usename = current_user AND datname = current_database()
            """));
    }

    [Fact]
    public async Task A_server_of_another_authority_is_refused()
    {
        using var another = new TestAuthority();
        var untrusted = Path.Combine(_certificates.FullName, "another.pem");
        await File.WriteAllTextAsync(untrusted, another.Pem, Token);
        await using var connection = new NpgsqlConnection(
            $"{await DatabaseAsync()};Pooling=false;SSL Mode=VerifyFull;Root Certificate={untrusted}");

        await Assert.ThrowsAsync<NpgsqlException>(() => connection.OpenAsync(Token));
    }

    private Task<string> DatabaseAsync() => running.Servers.ConnectionStringAsync("testdb", Token);

    // By the server itself, as whose user it must belong to the file.
    private static async Task WriteAsync(NpgsqlConnection administrator, string file, string pem)
    {
        await using var write = new NpgsqlCommand(
            $"COPY (SELECT line FROM unnest(string_to_array('{pem}', E'\\n')) AS line) TO PROGRAM 'umask 077; cat > {file}'",
            administrator);
        await write.ExecuteNonQueryAsync(Token);
    }
}
