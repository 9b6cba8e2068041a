using System.CommandLine;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventDriven.Cli;
using EventDriven.Cli.Lag;
using EventDriven.Identity;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Tests.Authorization;
using EventDriven.Tests.Checkout.Host;
using EventDriven.Tests.Cli;
using EventDriven.Tests.Packages;
using Npgsql;
using Command = EventDriven.Tests.Packages.Command;

namespace EventDriven.Tests.Templates;

/// <summary><c>dotnet new eventdriven-worker</c>, as README.md tells it under "Add a consumer".</summary>
public sealed class WorkerTemplateTests(Servers servers, NewConsumer consumer) : IClassFixture<NewConsumer>
{
    private const string AppHostLine = "EventDriven.AppHost/Consumers/Fraud.cs";

    private static readonly TimeSpan Handling = TimeSpan.FromSeconds(60);
    private static readonly HttpClient Http = new HttpClient().As(TestTokens.Of(Scopes.AnalyticsRead));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string StateFile => Path.Combine(consumer.Folder, ".local", "state.json");

    [Fact]
    public void L2_nothing_changes_but_the_solution_and_one_line_of_the_AppHost()
    {
        Assert.Equal(
            [" M EventDriven.sln", $"?? {AppHostLine}", "?? Fraud.Worker.Tests/", "?? Fraud.Worker/"],
            consumer.Changes.Order(StringComparer.Ordinal));
        Assert.StartsWith(
            "[assembly: Consumer<Projects.Fraud_Worker>(\"fraud\", port: ",
            Assert.Single(File.ReadAllLines(Path.Combine(consumer.Folder, AppHostLine))),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_built_without_warnings_and_its_tests_pass()
    {
        string[] alone = ["-warnaserror", "--no-incremental", "-p:BuildProjectReferences=false"];
        await consumer.BuildAsync("Fraud.Worker", alone, Token);
        await consumer.BuildAsync("Fraud.Worker.Tests", alone, Token);

        var output = await Command.DotnetAsync(consumer.Folder, [consumer.Program("Fraud.Worker.Tests"), "--no-ansi"], Token);

        Assert.Contains("failed: 0", output, StringComparison.Ordinal);
        Assert.Contains("succeeded: 3", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_application_consists_of_it_too()
    {
        var manifest = Path.Combine(consumer.Folder, "artifacts", "manifest.json");
        await Command.DotnetAsync(
            consumer.Folder,
            [
                consumer.Program("EventDriven.AppHost"), "--operation", "publish", "--step", "publish-manifest", "--output-path", manifest,
            ],
            Token);

        var resources = JsonNode.Parse(await File.ReadAllTextAsync(manifest, Token))!["resources"]!;
        Assert.EndsWith(
            ";Username=fraud;Password={frauddb-password.value};Database=frauddb",
            (string?)resources["frauddb"]!["connectionString"],
            StringComparison.Ordinal);
        Assert.Equal("{frauddb.connectionString}", (string?)resources["fraud"]!["env"]!["ConnectionStrings__frauddb"]);
    }

    /// <summary>The same Checkout runs all the time.</summary>
    [Fact]
    public async Task L2_it_begins_with_the_first_event_and_then_follows()
    {
        Assert.Equal(ExitCode.Done, await OperatorAsync("topics", "apply", "--yes", "--because", "a test", "--kafka", servers.Kafka));
        var checkoutDb = await servers.CreateDatabaseAsync(Token);
        await using var checkout = new CheckoutApp(new CheckoutAppOptions(checkoutDb, servers.Redis) { Kafka = servers.Kafka });
        var before = await checkout.Client.PlaceAsync();
        await WriteStateAsync(checkoutDb);

        await using var running = new ListeningProcess(
            consumer.Folder, [consumer.Program("EventDriven.Cli"), "run", "Fraud.Worker", "--state", StateFile],
            environment: NewConsumer.WithoutAnalyzers);
        var orders = new Uri(await running.UrlAsync(Token), "placed-orders/");

        await Eventually.TrueAsync(() => IsRecordedAsync(orders, before), Handling);
        var after = await checkout.Client.PlaceAsync();
        await Eventually.TrueAsync(() => IsRecordedAsync(orders, after), Handling);
        await Eventually.GetAsync(LagAsync, lag => lag == 0, Handling);
    }

    private static Task<int> OperatorAsync(params string[] args) =>
        CommandLine.RunAsync(OperatorCommands.Create(Asked.Nobody), args, Token);

    private static async Task<bool> IsRecordedAsync(Uri orders, Guid order)
    {
        using var answer = await Http.GetAsync(new Uri(orders, $"{order}"), Token);
        return answer.IsSuccessStatusCode
            && (await answer.Content.ReadFromJsonAsync<JsonObject>(Token))!["orderId"]!.GetValue<Guid>() == order;
    }

    /// <summary>Events that the new group has not handled, as <c>./eventdriven lag --group fraud</c> measures them.</summary>
    private async Task<long?> LagAsync()
    {
        using var measurement = LagCommand.Open(
            new RootCommand { LagCommand.Create() }.Parse(["lag", "--group", "fraud", "--state", StateFile]));
        return Assert.Single((await measurement.ReadAsync("fraud", Token)).Groups).Lag?.Events;
    }

    /// <summary>What the AppHost would write.</summary>
    private async Task WriteStateAsync(string database)
    {
        // Another test's database of this name would be taken for this one's.
        var server = new NpgsqlConnectionStringBuilder(database) { Database = null };
        await using (var connection = new NpgsqlConnection(database))
        {
            await connection.OpenAsync(Token);
            await using var drop = new NpgsqlCommand("DROP DATABASE IF EXISTS frauddb", connection);
            await drop.ExecuteNonQueryAsync(Token);
        }

        var state = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["postgres"] = server.ConnectionString,
            ["redis"] = servers.Redis,
            ["kafka"] = servers.Kafka,
        };
        foreach (var (name, value) in TestTokens.Variables(Audiences.System))
        {
            state[name] = value;
        }

        if (servers.NoKafkaLogOnDisk is not null)
        {
            state["Messaging__Cluster"] = "emulator";
        }

        Directory.CreateDirectory(Path.GetDirectoryName(StateFile)!);
        await File.WriteAllTextAsync(StateFile, JsonSerializer.Serialize(state), Token);
    }
}
