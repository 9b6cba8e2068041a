using EventDriven.Messaging.Operations.Databases;
using EventDriven.Tests.Messaging.Schema;
using Npgsql;

namespace EventDriven.Tests.Messaging;

/// <summary>The services' databases, as commands and pages open them.</summary>
public sealed class ServiceDatabasesTests(Servers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pooled_connection_that_the_server_has_closed_is_replaced_and_the_next_statement_is_answered()
    {
        ServiceDatabase[] known = [new("inventorydb", await servers.CreateDatabaseAsync(Token))];
        await using (var first = await ServiceDatabases.OpenAsync(known, Token))
        {
            Assert.Single(first.Open);
        }

        await using (var other = new NpgsqlConnection($"{known[0].ConnectionString};Pooling=false"))
        {
            await other.OpenAsync(Token);
            Assert.Equal(["t"], await other.ReadAsync(
                """
                SELECT left(pg_terminate_backend(pid, 5000)::text, 1) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
                """,
                Token));
        }

        await using var again = await ServiceDatabases.OpenAsync(known, Token);

        Assert.Empty(again.Unreachable);
        Assert.Equal(["1"], await Assert.Single(again.Open).Connection.ReadAsync("SELECT 1", Token));
    }
}
