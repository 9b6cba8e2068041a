using System.CommandLine;
using System.Text.Json;
using EventDriven.Cli;
using EventDriven.Cli.Reconciliation;
using EventDriven.Messaging.Operations.Reconciliation;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Tests.Application.Harness;
using EventDriven.Tests.Messaging.Host;
using Npgsql;

namespace EventDriven.Tests.Application;

/// <summary>The operator's question "was anything lost?", put to the whole application.</summary>
[Collection(ApplicationTests.Name)]
public sealed class ReconcileTests(OneOfEach application) : IAsyncDisposable
{
    private const string Sku = "tea-darjeeling";
    private readonly SystemClient _client = application.Client;
    private readonly DateTimeOffset _begin = TimeProvider.System.GetUtcNow();
    private readonly string _state = Path.GetTempFileName();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static IEnumerable<string> Databases => SystemUnderTest.Services.Select(service => $"{service}db");

    [Fact]
    public async Task L8_it_is_silent_while_orders_flow_and_finds_a_planted_loss_and_a_planted_double_effect()
    {
        await _client.SetStockAsync(Sku, 10_000);
        await WriteStateAsync();
        var ordering = Task.Run(OrderAsync, Token);
        var runs = 0;
        do
        {
            Assert.Equal(ExitCode.Done, await ReconcileAsync());
            runs++;
        }
        while (!ordering.IsCompleted);
        await ordering;
        Assert.InRange(runs, 3, int.MaxValue);

        // 240 orders: placed and confirmed, 80 of them cancelled. Orders of other tests may still be on their way.
        // Receipts are hearsay, and don't count.
        var report = await Eventually.GetAsync(
            ReportAsync, found => found.Groups.Count == 5 && found.Groups.All(group => group.Count(EventFate.InFlight) == 0),
            TimeSpan.FromSeconds(90));
        var handled = report.Groups.ToDictionary(group => group.Group, group => group.Count(EventFate.Handled), StringComparer.Ordinal);
        Assert.InRange(handled["inventory"], 320, 400);
        Assert.InRange(handled["checkout"], 240, 300);
        Assert.InRange(handled["notifications"], 560, 700);
        Assert.InRange(handled["analytics"], 800, int.MaxValue);
        Assert.InRange(handled["recommendations"], 240, 300);
        Assert.Equal(
            ["checkout", "inventory", "notifications"],
            report.Groups.Where(g => g.DoubledCount == 0).Select(g => g.Group).Order(StringComparer.Ordinal));

        await PlantAsync(
            "inventorydb",
            """
            DELETE FROM messaging.inbox WHERE identity = (SELECT identity FROM messaging.inbox ORDER BY handled_at DESC, identity LIMIT 1)
            RETURNING format('INSERT INTO messaging.inbox ("group", identity, content, handled_at) VALUES (%L, %L, %L, %L)', "group",
                identity, content, handled_at)
            """,
            async () =>
            {
                var lost = await Eventually.GetAsync(ReportAsync, found => found.IsWrong);
                Assert.Equal("inventory", Assert.Single(lost.Groups, group => group.Count(EventFate.Missing) == 1).Group);
            });
        await PlantAsync(
            "inventorydb",
            $"UPDATE stock SET reserved = reserved + 1 WHERE sku = '{Sku}' RETURNING format('UPDATE stock SET reserved = reserved - 1 "
            + "WHERE sku = %L', sku)",
            async () => Assert.StartsWith(
                $"{Sku}: ",
                Assert.Single(Assert.Single((await ReportAsync()).Groups, group => group.DoubledCount == 1).DoubledEffects).Detail,
                StringComparison.Ordinal));
        Assert.Equal(ExitCode.Done, await ReconcileAsync());
    }

    public ValueTask DisposeAsync()
    {
        File.Delete(_state);
        return application.TellIfFailedAsync();
    }

    private async Task OrderAsync()
    {
        for (var round = 0; round < 10; round++)
        {
            var orders = await _client.PlaceManyAsync(Enumerable.Repeat(0, 24).Select(_ => new OrderRequest { Sku = Sku }));
            await _client.ReachAsync(orders, "Confirmed");
            foreach (var order in orders.Take(8))
            {
                await _client.CancelAsync(order.Id);
            }
        }
    }

    // What is planted is taken back, because other tests share the system.
    private async Task PlantAsync(string database, string plant, Func<Task> look)
    {
        await using var source = NpgsqlDataSource.Create(await application.System.ConnectionStringAsync(database));
        await using var planting = source.CreateCommand(plant);
        var undo = (string)(await planting.ExecuteScalarAsync(Token))!;
        try
        {
            await look();
            Assert.Equal(ExitCode.Refused, await ReconcileAsync());
        }
        finally
        {
            await using var undoing = source.CreateCommand(undo);
            await undoing.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    private async Task<ReconciliationReport> ReportAsync() => await Reconciling.ReconcileAsync(
        await application.System.ConnectionStringAsync("kafka"),
        await Task.WhenAll(Databases.Select(application.System.ConnectionStringAsync)),
        _begin);

    private Task<int> ReconcileAsync() => CommandLine.RunAsync(
        new RootCommand { ReconcileCommand.Create() }, ["reconcile", "--since", $"{_begin.UtcDateTime:O}", "--state", _state], Token);

    private async Task WriteStateAsync()
    {
        var state = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["kafka"] = await application.System.ConnectionStringAsync("kafka"),
        };
        foreach (var database in Databases)
        {
            state[database] = await application.System.ConnectionStringAsync(database);
        }

        await File.WriteAllTextAsync(_state, JsonSerializer.Serialize(state), Token);
    }
}
