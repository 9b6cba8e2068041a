using System.CommandLine;
using System.Text.Json;
using EventDriven.Cli;
using EventDriven.Cli.Outbox;
using EventDriven.Messaging.Operations.Outbox;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Tests.Messaging.Host;

namespace EventDriven.Tests.Cli;

/// <summary>What waits for a broker is seen in the services' databases.</summary>
public sealed class OutboxCommandTests(Servers servers) : IDisposable
{
    private readonly string _state = Path.GetTempFileName();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_waits_is_listed_in_the_order_of_sending()
    {
        // Nothing listens there.
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with { Group = null, Kafka = "127.0.0.1:1" };
        await WriteStateAsync(("notesdb", options.Database), ("emptydb", await servers.CreateDatabaseAsync(Token)));
        Assert.Equal(ExitCode.Done, await RunAsync("--older-than", "0"));

        await using var service = await NoteService.StartAsync(options, Token);
        await service.AnnounceAsync(Token, new Noted("a", 1), new Noted("b", 1), new Noted("a", 2));

        Assert.Equal(ExitCode.Done, await RunAsync());
        Assert.Equal(ExitCode.Refused, await RunAsync("--older-than", "0", "--json"));
        Assert.Equal(ExitCode.Done, await RunAsync("--older-than", "3600"));
        await using var database = await options.OpenDatabaseAsync(Token);
        var admin = new OutboxAdmin(database);
        Assert.Equal(3, (await admin.MeasureAsync(Token)).Pending);
        Assert.Equal([("a", Noted.Type), ("b", Noted.Type)], (await admin.ListAsync(2, Token)).Select(entry => (entry.Key, entry.Type)));
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_exit_code_3()
    {
        await WriteStateAsync(("notesdb", "Host=127.0.0.1;Port=1;Username=u;Database=d"));
        Assert.Equal(ExitCode.Unreachable, await RunAsync());
    }

    [Theory]
    [InlineData("--limit", "0")]
    [InlineData("--limit", "-1")]
    public async Task What_is_not_said_clearly_is_exit_code_2(params string[] args)
    {
        await WriteStateAsync(("notesdb", await servers.CreateDatabaseAsync(Token)));
        Assert.Equal(ExitCode.Usage, await RunAsync(args));
    }

    public void Dispose() => File.Delete(_state);

    private Task WriteStateAsync(params (string Name, string ConnectionString)[] databases) => File.WriteAllTextAsync(
        _state, JsonSerializer.Serialize(databases.ToDictionary(d => d.Name, d => d.ConnectionString, StringComparer.Ordinal)), Token);

    private Task<int> RunAsync(params string[] args) =>
        CommandLine.RunAsync(new RootCommand { OutboxCommand.Create() }, ["outbox", "list", .. args, "--state", _state], Token);
}
