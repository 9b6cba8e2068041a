using System.Net;
using Checkout.Api.Database;
using EventDriven.Tests.Checkout.Host;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace EventDriven.Tests.Http;

/// <summary>
/// What orders ran into when the processor was busy elsewhere: each took so long that all connections of the pool were in use, and the next
/// one got none in time.
/// </summary>
public sealed class BusyDatabaseTests(Servers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_order_that_gets_no_connection_is_503_and_placed_when_it_is_repeated_with_its_key()
    {
        await using var app = await ServiceApp<CheckoutDbContext>.StartAsync(
            servers, "checkoutdb",
            connectionString => new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 10, Timeout = 1 }.ConnectionString,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Messaging:Consumer:Concurrency"] = "4",
                [TestMasterKey.Setting] = TestMasterKey.Value,
            });
        var (body, key) = (new OrderBody(), CheckoutHttp.NewKey());
        var pool = await app.QueryAsync(database => Task.FromResult(database.Database.GetConnectionString()!));
        var taken = await TakeAllAsync(pool);

        using (var busy = await app.Client.PlaceAsync(body, key))
        {
            var problem = await busy.ReadProblemOfCodeAsync(HttpStatusCode.ServiceUnavailable, "database-busy");
            Assert.Equal("same-key", problem.GetProperty("repeat").GetString());
            Assert.NotNull(busy.Headers.RetryAfter?.Delta);
        }

        foreach (var connection in taken)
        {
            await connection.DisposeAsync();
        }

        using var again = await app.Client.PlaceAsync(body, key);
        await again.ReadAsync(HttpStatusCode.Created);
        Assert.Equal(1, await app.QueryAsync(database => database.Orders.CountAsync(Token)));
    }

    private static async Task<List<NpgsqlConnection>> TakeAllAsync(string pool)
    {
        var taken = new List<NpgsqlConnection>();
        while (true)
        {
            var connection = new NpgsqlConnection(pool);
            try
            {
                await connection.OpenAsync(Token);
                taken.Add(connection);
            }
            catch (NpgsqlException)
            {
                await connection.DisposeAsync();
                return taken;
            }
        }
    }
}
