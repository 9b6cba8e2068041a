using System.CommandLine;
using System.Text.Json;
using EventDriven.Cli;
using EventDriven.Cli.Replay;
using EventDriven.Contracts;
using EventDriven.Messaging;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Messaging.Storage.Groups;
using EventDriven.Tests.Application.Harness;
using EventDriven.Tests.Cli;
using Npgsql;

namespace EventDriven.Tests.Application;

/// <summary>Law L10 on the whole application, by the operator's command.</summary>
[Collection(ApplicationTests.Name)]
public sealed class ReplayTests(OneOfEach application) : IAsyncDisposable
{
    // A customer may be forgotten before a mail is sent, in another test.
    private const string Unsent = "sent_at IS NULL AND state <> 'Forgotten'";

    private static readonly string[] Databases = ["checkoutdb", "inventorydb", "notificationsdb", "analyticsdb", "recommendationsdb"];
    private static readonly string[] Groups = ["checkout", "inventory", "notifications", "analytics", "recommendations"];
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(60);

    private readonly string _state = Path.GetTempFileName();
    private readonly SystemClient _client = application.Client;
    private readonly SystemUnderTest _system = application.System;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task L10_a_replay_of_the_whole_log_to_every_group_changes_no_table()
    {
        Assert.SkipWhen(_system.NoBrokerRestart is not null, _system.NoBrokerRestart ?? "");
        var orders = await _client.PlaceManyAsync(Enumerable.Repeat(0, 20).Select(_ => new OrderRequest { Sku = "tea-sencha" }));
        await _client.ReachAsync(orders, "Confirmed");
        await _client.CancelAsync(orders[0].Id);
        var state = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in (string[])["kafka", .. Databases])
        {
            state[name] = await _system.ConnectionStringAsync(name);
        }

        await File.WriteAllTextAsync(_state, JsonSerializer.Serialize(state), Token);
        await Eventually.GetAsync(() => UnrestAsync(state), unrest => unrest.Length == 0, Quiet);
        var before = await ContentsAsync(state);

        foreach (var group in Groups)
        {
            Assert.Equal(
                ExitCode.Done,
                await CommandLine.RunAsync(
                    new RootCommand { ReplayCommand.Create(Asked.Nobody) },
                    ["replay", "--group", group, "--from", "beginning", "--yes", "--because", "a test", "--json", "--state", _state],
                    Token));
        }

        await Eventually.GetAsync(() => UnrestAsync(state), unrest => unrest.Length == 0, Quiet);
        var after = await ContentsAsync(state);
        var receipts = (await application.LogAsync()).ReadAll(Topics.Receipts)
            .Select(e => EventIdentity.Of(e.Headers["ce_source"], e.Id).ToString()).ToHashSet(StringComparer.Ordinal);
        Assert.All(
            before, database => Assert.Equal(WithoutReceipts(database.Value, receipts), WithoutReceipts(after[database.Key], receipts)));
        await _client.ReachAsync([await _client.PlaceAsync(new OrderRequest { Sku = "tea-sencha" })], "Confirmed");
    }

    public ValueTask DisposeAsync()
    {
        File.Delete(_state);
        return application.TellIfFailedAsync();
    }

    /// <summary>
    /// Each delivery is told, a replayed one too, and Analytics reads that: its inbox and offsets grow by it, and by nothing else.
    /// </summary>
    private static SortedDictionary<string, string[]> WithoutReceipts(
        SortedDictionary<string, string[]> contents, HashSet<string> receipts) => new(
        contents.ToDictionary(
            table => table.Key,
            table => table.Value.Where(
                row => !row.Trim('(', ')').Split(',').Any(value => value == Topics.Receipts.Name || receipts.Contains(value))).ToArray(),
            StringComparer.Ordinal),
        StringComparer.Ordinal);

    private static async Task<Dictionary<string, SortedDictionary<string, string[]>>> ContentsAsync(Dictionary<string, string> state)
    {
        var contents = new Dictionary<string, SortedDictionary<string, string[]>>(StringComparer.Ordinal);
        foreach (var name in Databases)
        {
            await using var database = await OpenAsync(state[name]);
            contents[name] = await TableContents.ReadAsync(database, Token);
        }

        return contents;
    }

    /// <summary>
    /// What still moves; nothing when every group stands at the end of its log, nothing waits in an outbox, and every mail is sent.
    /// </summary>
    private static async Task<string> UnrestAsync(Dictionary<string, string> state)
    {
        using var admin = KafkaAdmin.Open(KafkaSettings.Parse(state["kafka"]));
        foreach (var name in Databases)
        {
            await using var database = await OpenAsync(state[name]);
            foreach (var group in await new GroupAdmin(database).ListAsync(Token))
            {
                var bounds = await PartitionBounds.ReadAsync(admin.Client, group.Topics, Token);
                var positions = await GroupPositions.ReadAsync(admin, database, group, [.. bounds.Keys], Token);
                if (bounds.FirstOrDefault(
                    b => b.Value.High > b.Value.Low && positions.GetValueOrDefault(b.Key) < b.Value.High) is { Key: { } behind })
                {
                    return $"{group.Name} has not read {behind} to its end";
                }
            }

            if (await HasRowsAsync(database, "outbox", "true") || await HasRowsAsync(database, "messages", Unsent))
            {
                return $"{name} has events or mails to send";
            }
        }

        return "";
    }

    private static async Task<bool> HasRowsAsync(NpgsqlConnection database, string table, string condition)
    {
        await using var exists = new NpgsqlCommand(
            "SELECT to_regclass($1) IS NOT NULL", database)
        { Parameters = { new() { Value = table } } };
        if (!(bool)(await exists.ExecuteScalarAsync(Token))!)
        {
            return false;
        }

        await using var command = new NpgsqlCommand($"SELECT EXISTS (SELECT FROM {table} WHERE {condition})", database);
        return (bool)(await command.ExecuteScalarAsync(Token))!;
    }

    private static async Task<NpgsqlConnection> OpenAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Token);
        return connection;
    }
}
