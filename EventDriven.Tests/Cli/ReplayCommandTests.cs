using System.CommandLine;
using System.Text.Json;
using Confluent.Kafka;
using EventDriven.Cli;
using EventDriven.Cli.Audit;
using EventDriven.Cli.Replay;
using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Tests.Messaging.Host;
using Npgsql;

namespace EventDriven.Tests.Cli;

/// <summary>What <c>replay</c> takes, refuses and ends with.</summary>
public sealed class ReplayCommandTests(Servers servers) : IDisposable
{
    private readonly string _state = Path.GetTempFileName();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("--group", "notes")]
    [InlineData("--from", "beginning")]
    [InlineData("--group", "notes", "--from", "yesterday")]
    [InlineData("--group", "notes", "--from", "beginning", "--until", "soon")]
    public async Task What_is_not_said_clearly_is_exit_code_2(params string[] args)
    {
        await StateAsync("Host=127.0.0.1;Port=1;Username=u;Database=d");
        Assert.Equal(ExitCode.Usage, await RunAsync(Asked.Nobody, args));
    }

    [Fact]
    public async Task Nothing_is_set_back_that_nobody_agreed_to_or_that_would_repeat_effects_or_while_another_replay_runs()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1);
        await using var service = await NoteService.StartAsync(options, Token);
        await StateAsync(options.Database);
        string[] replay = ["--group", options.Group!, "--from", "offset:1"];
        string[] agreed = ["--yes", "--because", "a test"];
        var old = Records.Of(new Noted("a", 1));
        old.Timestamp = new Timestamp(TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(16));
        await Records.ProduceAsync(options.Kafka, options.Topic, [old, Records.Of(new Noted("a", 2))], Token);
        if (servers.NoKafkaLogOnDisk is not null)
        {
            // It can't tell who is in a group. Until it knows what is done there is nothing to set back.
            await Eventually.TrueAsync(async () => await RunAsync(Asked.Nobody, [.. replay, .. agreed]) == ExitCode.Refused);
            return;
        }

        // Done, and known to the broker: until then there is nothing to set back, and nobody to be asked.
        var asked = new Asked(answer: false);
        await Eventually.TrueAsync(async () => await RunAsync(asked.Somebody, replay) == ExitCode.Refused);
        Assert.EndsWith(
            $" will be delivered to {options.Group} again. Go on?", Assert.Single(asked.Questions), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, await RunAsync(Asked.Nobody, replay));

        Assert.Equal(ExitCode.Refused, await RunAsync(Asked.Nobody, ["--group", options.Group!, "--from", "beginning", .. agreed]));
        Assert.Equal(ExitCode.Refused, await RunAsync(Asked.Nobody, [.. replay, "--topic", "another.v1", .. agreed]));
        Assert.Equal(ExitCode.Usage, await RunAsync(Asked.Nobody, ["--group", "another", "--from", "beginning", .. agreed]));

        // Not of the pool, which would keep the claim beyond the end.
        await using (var another = new NpgsqlConnection($"{options.Database};Pooling=false"))
        {
            await another.OpenAsync(Token);
            Assert.True(await new GroupAdmin(another).TryClaimAsync(Token));
            Assert.Equal(ExitCode.Refused, await RunAsync(Asked.Nobody, [.. replay, .. agreed]));
        }

        Assert.Equal(0, await service.QueryAsync("SELECT replays FROM messaging.consumer_groups"));
        Assert.Equal(ExitCode.Done, await RunAsync(Asked.Nobody, [.. replay, "--yes", "--because", "a test", "--json"]));
        Assert.Equal(2, (await service.EffectsAsync()).Count);
    }

    public void Dispose() => File.Delete(_state);

    private Task StateAsync(string database) => File.WriteAllTextAsync(
        _state, JsonSerializer.Serialize(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["notesdb"] = database, ["kafka"] = servers.Kafka }), Token);

    private Task<int> RunAsync(OperatorChanges changes, params string[] args) =>
        CommandLine.RunAsync(new RootCommand { ReplayCommand.Create(changes) }, ["replay", .. args, "--state", _state], Token);
}
