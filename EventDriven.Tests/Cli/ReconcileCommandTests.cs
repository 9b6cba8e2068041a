using System.CommandLine;
using System.Text.Json;
using EventDriven.Cli;
using EventDriven.Cli.Reconciliation;
using EventDriven.Messaging.Operations.Reconciliation;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Tests.Messaging.Host;

namespace EventDriven.Tests.Cli;

/// <summary>What <c>reconcile</c> takes and ends with.</summary>
public sealed class ReconcileCommandTests(Servers servers) : IDisposable
{
    private readonly string _state = Path.GetTempFileName();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_ends_with_0_when_nothing_is_wrong_and_with_1_when_something_is()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token);
        await StateAsync(options.Database, options.Kafka);
        Assert.Equal(ExitCode.Usage, await RunAsync("--since", "1h"));
        await using var service = await NoteService.StartAsync(options, Token);
        await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("a", 1)), Records.Of(new Noted("b", 2))], Token);
        await Eventually.GetAsync(service.EffectsAsync, effects => effects.Count == 2);

        Assert.Equal(ExitCode.Done, await RunAsync("--since", "1h"));
        Assert.Equal(ExitCode.Done, await RunAsync("--since", "2h", "--group", options.Group!, "--json"));
        Assert.Equal(ExitCode.Usage, await RunAsync("--since", "1h", "--group", "another"));

        // A topic that the broker hasn't: whatever stood on it is gone.
        await service.QueryAsync("UPDATE messaging.consumer_groups SET topics = topics || '{gone.v1}'");
        Assert.Equal(ExitCode.Refused, await RunAsync("--since", "1h"));
        await service.QueryAsync("UPDATE messaging.consumer_groups SET topics = array_remove(topics, 'gone.v1')");
        Assert.Equal(ExitCode.Done, await RunAsync("--since", "1h"));

        await service.QueryAsync("DELETE FROM messaging.inbox");
        await Eventually.GetAsync(() => options.ReconcileAsync(), report => report.Count(EventFate.Missing) == 2);
        Assert.Equal(ExitCode.Refused, await RunAsync("--since", "1h"));
        Assert.Equal(ExitCode.Refused, await RunAsync("--since", "1h", "--json"));

        // The inbox remembers 15 days, and is trimmed while it is read.
        Assert.Equal(ExitCode.Refused, await RunAsync("--since", "358h"));
        Assert.Equal(ExitCode.Usage, await RunAsync("--since", "360h"));
    }

    [Theory]
    [InlineData]
    [InlineData("--since", "yesterday")]
    [InlineData("--since", "2999-01-01")]
    [InlineData("--since", "offset:12")]
    [InlineData("--since", "beginning")]
    public async Task What_is_not_said_clearly_is_exit_code_2(params string[] args)
    {
        await StateAsync("Host=127.0.0.1;Port=1;Username=u;Database=d", servers.Kafka);
        Assert.Equal(ExitCode.Usage, await RunAsync(args));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_exit_code_3()
    {
        await StateAsync("Host=127.0.0.1;Port=1;Username=u;Database=d", servers.Kafka);
        Assert.Equal(ExitCode.Unreachable, await RunAsync("--since", "1h"));

        var options = await NoteServiceOptions.CreateAsync(servers, Token);
        await using var service = await NoteService.StartAsync(options, Token);
        await Eventually.TrueAsync(async () => await service.QueryAsync("SELECT count(*) FROM messaging.consumer_groups") is 1L);
        await StateAsync(options.Database, "127.0.0.1:1");
        Assert.Equal(ExitCode.Unreachable, await RunAsync("--since", "1h"));
    }

    public void Dispose() => File.Delete(_state);

    private Task StateAsync(string database, string kafka) => File.WriteAllTextAsync(
        _state, JsonSerializer.Serialize(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["notesdb"] = database, ["kafka"] = kafka }), Token);

    private Task<int> RunAsync(params string[] args) =>
        CommandLine.RunAsync(new RootCommand { ReconcileCommand.Create() }, ["reconcile", .. args, "--state", _state], Token);
}
