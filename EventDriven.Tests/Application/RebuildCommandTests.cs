using System.Text.Json;
using Confluent.Kafka;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Tests.Application.Harness;
using Npgsql;

namespace EventDriven.Tests.Application;

/// <summary>Law L10 on the whole application, by the operator's own programs.</summary>
[Collection(ApplicationTests.Name)]
public sealed class RebuildCommandTests(OneOfEach application) : IAsyncDisposable
{
    private const string Damaged = "SELECT count(*) FROM orders WHERE total = -1";

    private readonly SystemClient _client = application.Client;
    private readonly SystemUnderTest _system = application.System;
    private readonly Operator _operator = new(application.System);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task L10_a_read_model_is_rebuilt_by_command_while_orders_flow()
    {
        var orders = await _client.PlaceManyAsync(Enumerable.Repeat(0, 30).Select(_ => new OrderRequest { Sku = "tea-sencha" }));
        await _client.AnalyticsShowsAsync(orders, "Confirmed");
        await DamageAsync(orders);
        var flowing = _client.PlaceManyAsync(Enumerable.Repeat(0, 60).Select(_ => new OrderRequest { Sku = "tea-sencha" }));

        var (exitCode, result) = await _operator.RunAsync<RebuildResult>(
            "rebuild", "--service", "analytics", "--yes", "--because", "a test");

        Assert.Equal(0, exitCode);
        Assert.True(result.Events >= 30 * 3, $"{result}");
        orders.AddRange(await flowing);
        await _client.AnalyticsShowsAsync(orders, "Confirmed");
        Assert.Equal(0L, await ExecuteAsync("analyticsdb", Damaged));

        // For a person, and from what is not to be rebuilt.
        var (shown, output, _) = await _operator.RunAsync("rebuild", "--service", "analytics", "--yes", "--because", "a test");
        Assert.Equal(0, shown);
        Assert.Contains("ordered_items", output, StringComparison.Ordinal);
        var (refused, _, error) = await _operator.RunAsync("rebuild", "--service", "inventory", "--yes", "--because", "a test");
        Assert.Equal(2, refused);
        Assert.Contains("publishes events", error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal(2, (await _operator.RunAsync("rebuild", "--service", "nothing", "--yes", "--because", "a test")).ExitCode);
    }

    [Theory]
    [InlineData("reading")]
    [InlineData("pausing")]
    [InlineData("switching")]
    public async Task A_rebuild_that_is_killed_has_changed_nothing_and_the_next_one_succeeds(string phase)
    {
        var orders = await _client.PlaceManyAsync(Enumerable.Repeat(0, 10).Select(_ => new OrderRequest { Sku = "tea-sencha" }));
        await _client.AnalyticsShowsAsync(orders, "Confirmed");
        await DamageAsync(orders);

        // Whoever reads a table keeps it from being switched, so that the program is killed before.
        await using (var connection = new NpgsqlConnection(await _system.ConnectionStringAsync("analyticsdb")))
        {
            await connection.OpenAsync(Token);
            await using var reads = await connection.BeginTransactionAsync(Token);
            await using var command = new NpgsqlCommand("LOCK TABLE sign_ups IN ACCESS SHARE MODE", connection);
            await command.ExecuteNonQueryAsync(Token);
            using var rebuild = await _operator.StartAsync("Analytics.Worker", "rebuild", "--change", $"{Guid.CreateVersion7()}");
            await ReachesAsync(rebuild.StandardOutput, phase);
            rebuild.Kill(entireProcessTree: true);
            await rebuild.WaitForExitAsync(Token);
        }

        Assert.Equal((long)orders.Count, await ExecuteAsync("analyticsdb", Damaged));
        Assert.Equal(1L, await ExecuteAsync("analyticsdb", "SELECT count(*) FROM pg_namespace WHERE nspname = 'rebuild'"));

        var (exitCode, _) = await _operator.RunAsync<RebuildResult>("rebuild", "--service", "analytics", "--yes", "--because", "a test");
        Assert.Equal(0, exitCode);
        Assert.Equal(0L, await ExecuteAsync("analyticsdb", Damaged));
        Assert.Equal(0L, await ExecuteAsync("analyticsdb", "SELECT count(*) FROM pg_namespace WHERE nspname = 'rebuild'"));
        await _client.AnalyticsShowsAsync([await _client.PlaceAsync(new OrderRequest { Sku = "tea-sencha" })], "Confirmed");
    }

    [Fact]
    public async Task A_rehearsal_says_what_stopped_services_would_do_and_does_none_of_it()
    {
        // What comes before is known to their inboxes.
        var before = await _client.PlaceAsync(new OrderRequest { Sku = "tea-assam" });
        await _client.ReachesAsync(before.Id, "Confirmed");
        await _client.AreSentAsync(before.Id, "order-received", "order-confirmed");
        await _system.StopAsync("inventory");
        await _system.StopAsync("notifications");
        try
        {
            for (var i = 0; i < 3; i++)
            {
                await _client.PlaceAsync(new OrderRequest { Sku = "tea-assam" });
            }

            await Eventually.GetAsync(() => ExecuteAsync("checkoutdb", "SELECT count(*) FROM messaging.outbox"), waiting => waiting is 0L);
            var (tables, ends) = (await ContentsAsync("inventorydb"), await EndsAsync());

            var (exitCode, inventory) = await _operator.RunAsync<RehearsalResult>(
                "rehearse", "--group", "inventory", "--from", "beginning");
            Assert.Equal(0, exitCode);
            Assert.Equal(3, inventory.Applied);
            Assert.True(inventory.Recognised > 0, $"{inventory}");
            Assert.Equal(3, inventory.Rows["reservations"].Inserted);
            Assert.Equal(
                ("eventdriven.inventory.stock-reserved.v1", 3L),
                (Assert.Single(inventory.Published).Key, inventory.Published.Values.Single()));
            Assert.Empty(inventory.Failures);

            var (_, notifications) = await _operator.RunAsync<RehearsalResult>(
                "rehearse", "--group", "notifications", "--from", "beginning");
            Assert.Equal(3, notifications.Sent["mails"]);

            var (_, lately) = await _operator.RunAsync<RehearsalResult>("rehearse", "--group", "inventory", "--from", "1h");
            Assert.Equal((inventory.Records, 3), (lately.Records, lately.Applied));
            var (shown, output, _) = await _operator.RunAsync("rehearse", "--group", "inventory", "--from", "1h");
            Assert.Equal(0, shown);
            Assert.Contains("Nothing was changed", output, StringComparison.Ordinal);
            Assert.Equal(2, (await _operator.RunAsync("rehearse", "--group", "inventory", "--from", "yesterday")).ExitCode);

            Assert.Equal(tables, await ContentsAsync("inventorydb"));
            Assert.Equal(ends, await EndsAsync());
        }
        finally
        {
            await _system.StartAsync("inventory");
            await _system.StartAsync("notifications");
        }

        await Eventually.GetAsync(
            async () => (await _operator.RunAsync<RehearsalResult>("rehearse", "--group", "inventory", "--from", "beginning")).Result,
            known => known.Applied == 0);

        // Its handlers recognise by themselves what they have done.
        var (_, again) = await _operator.RunAsync<RehearsalResult>(
            "rehearse", "--group", "inventory", "--from", "beginning", "--allow-effects");
        Assert.True(again.Applied > 3, $"{again}");
        Assert.Equal(0, again.Rows["reservations"].Inserted);
        Assert.DoesNotContain("stock", again.Rows.Keys, StringComparer.Ordinal);
        Assert.Empty(again.Published);
    }

    public ValueTask DisposeAsync() => application.TellIfFailedAsync();

    private static async Task ReachesAsync(StreamReader output, string phase)
    {
        var last = "";
        while (await output.ReadLineAsync(Token).AsTask().WaitAsync(TimeSpan.FromMinutes(1), Token) is { } line)
        {
            if (JsonSerializer.Deserialize(line, TaskJson.Default.TaskLine) is TaskProgress progress && progress.Phase == phase)
            {
                return;
            }

            last = line;
        }

        Assert.Fail($"It ended before '{phase}': {last}");
    }

    private async Task DamageAsync(IReadOnlyList<OrderView> orders)
    {
        await ExecuteAsync(
            "analyticsdb", $"UPDATE orders SET total = -1 WHERE order_id IN ('{string.Join("', '", orders.Select(o => o.Id))}')");
        Assert.Equal((long)orders.Count, await ExecuteAsync("analyticsdb", Damaged));
    }

    private async Task<SortedDictionary<string, string[]>> ContentsAsync(string database)
    {
        await using var connection = new NpgsqlConnection(await _system.ConnectionStringAsync(database));
        await connection.OpenAsync(Token);
        return await TableContents.ReadAsync(connection, Token);
    }

    private async Task<long> EndsAsync()
    {
        using var admin = new AdminClientBuilder(
            new AdminClientConfig { BootstrapServers = await _system.ConnectionStringAsync("kafka") }).Build();
        return (await PartitionBounds.ReadAsync(admin, ["inventory.v1"], Token)).Sum(partition => partition.Value.High);
    }

    private async Task<object?> ExecuteAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(await _system.ConnectionStringAsync(database));
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Token);
    }
}
