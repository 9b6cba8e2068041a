using EventDriven.Tests.Application.Harness;
using Npgsql;

namespace EventDriven.Tests.Application;

/// <summary>Law L5 with two instances of each service, one of which crashes in the middle.</summary>
public sealed class TwoInstancesTests
{
    private static readonly (string Database, string Table, string Key)[] Watched =
    [
        ("checkoutdb", "order_history", "order_id"),
        ("inventorydb", "reservations", "order_id"),
        ("notificationsdb", "messages", "about"),
    ];

    // A sender that is killed keeps the messages it took until their lease ends: well within the time that this test waits for them.
    private static readonly Dictionary<string, string> ShortMailLease = new(StringComparer.Ordinal) { ["Mail__Lease"] = "00:00:40" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_key_is_handled_twice_at_once_and_each_effect_happens_once()
    {
        await using var system = await SystemUnderTest.StartAsync(replicas: 2, Token, ShortMailLease);
        var client = new SystemClient(system);
        await client.SetStockAsync("tea-assam", 1_000);
        foreach (var (database, table, key) in Watched)
        {
            await ExecuteAsync(system, database, Watch(table, key));
        }

        var orders = await client.PlaceManyAsync(Orders(60));
        await system.KillAsync("inventory-2");
        await system.KillAsync("notifications-2");
        orders.AddRange(await client.PlaceManyAsync(Orders(60)));
        await system.StartAsync("inventory-2");
        await system.StartAsync("notifications-2");
        orders.AddRange(await client.PlaceManyAsync(Orders(60)));

        await client.ReachAsync(orders, "Confirmed");
        foreach (var order in orders)
        {
            Assert.Equal(["Placed", "Confirmed"], (await client.OrderAsync(order.Id, "checkout-2")).States);
            await client.AreSentAsync(order.Id, "order-received", "order-confirmed");
        }

        await client.AnalyticsShowsAsync(orders, "Confirmed");
        Assert.Equal(1_000 - orders.Count, (await client.StockAsync("tea-assam")).Available);
        foreach (var (database, _, _) in Watched)
        {
            Assert.Equal(0L, await ExecuteAsync(system, database, "SELECT count(*) FROM double_writes"));
        }
    }

    private static IEnumerable<OrderRequest> Orders(int count) =>
        Enumerable.Range(0, count).Select(i => new OrderRequest { Sku = "tea-assam", Instance = i % 2 == 0 ? "checkout" : "checkout-2" });

    /// <summary>
    /// Notes every row that is written for a key while another transaction, of whichever instance, is writing one for the same key.
    /// </summary>
    private static string Watch(string table, string key) =>
        $"""
        CREATE TABLE double_writes (key text NOT NULL);
        CREATE FUNCTION note_overlap() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NOT pg_try_advisory_xact_lock(4711, hashtext(NEW.{key}::text)) THEN
                INSERT INTO double_writes VALUES (NEW.{key}::text);
            END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER note_overlap BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION note_overlap();
        """;

    private static async Task<object?> ExecuteAsync(SystemUnderTest system, string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(await system.ConnectionStringAsync(database));
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Token);
    }
}
