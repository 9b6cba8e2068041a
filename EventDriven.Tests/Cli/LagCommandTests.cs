using System.CommandLine;
using System.Text.Json;
using EventDriven.Cli;
using EventDriven.Cli.Lag;
using EventDriven.Cli.Tables;
using EventDriven.Messaging.Operations.Lag;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Tests.Messaging.Host;
using Npgsql;

namespace EventDriven.Tests.Cli;

/// <summary>The operator sees lag while every service is stopped, and finds Kafka and the databases through the state file.</summary>
public sealed class LagCommandTests(Servers servers) : IDisposable
{
    private readonly string _state = Path.GetTempFileName();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lag_is_shown_while_the_service_is_stopped()
    {
        var options = await StoppedAsync(behind: 3);

        Assert.Equal(ExitCode.Done, await RunAsync());
        Assert.Equal(ExitCode.Done, await RunAsync("--group", options.Group!, "--json", "--max-seconds", "3600"));
        Assert.Equal(ExitCode.Refused, await RunAsync("--group", options.Group!, "--max-seconds", "0"));
        Assert.Equal(ExitCode.Usage, await RunAsync("--group", "nobody"));
        using var measurement = LagCommand.Open(Root().Parse(Args("--all")));
        var measured = Assert.Single((await measurement.ReadAsync(only: null, Token)).Groups);
        Assert.Equal((options.Group, 3L), (measured.Lag?.Group, measured.Lag?.Events));
        Assert.Equal(servers.NoKafkaLogOnDisk is null ? 0 : null, measured.Members);
        var line = LagPrint.Table(new MeasuredLag([measured], []), all: false, new TableRoom(Width: null)).Lines().ElementAt(1);
        Assert.Equal(
            [options.Group, servers.NoKafkaLogOnDisk is null ? "0" : "?", "3"],
            line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(3));
    }

    [Fact]
    public async Task Watching_ends_when_it_is_cancelled()
    {
        await StoppedAsync(behind: 1);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        stop.CancelAfter(TimeSpan.FromSeconds(3));

        Assert.Equal(
            ExitCode.Done, await Root().Parse(Args("--watch"))
                .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }, stop.Token));
    }

    [Fact]
    public async Task A_group_of_another_cluster_is_named_and_not_measured()
    {
        Assert.SkipWhen(servers.NoKafkaLogOnDisk is not null, "The emulator gives no id to compare with.");
        var options = await StoppedAsync(behind: 1);
        await using var database = NpgsqlDataSource.Create(options.Database);
        await using var move = database.CreateCommand("UPDATE messaging.consumer_groups SET cluster = 'another'");
        await move.ExecuteNonQueryAsync(Token);

        using var measurement = LagCommand.Open(Root().Parse(Args()));
        Assert.Null(Assert.Single((await measurement.ReadAsync(only: null, Token)).Groups).Lag);
        Assert.Equal(ExitCode.Done, await RunAsync("--json"));
    }

    [Fact]
    public async Task A_broker_that_does_not_answer_is_exit_code_3()
    {
        await StoppedAsync(behind: 0);
        Assert.Equal(ExitCode.Unreachable, await RunAsync("--kafka", "127.0.0.1:1"));
    }

    [Theory]
    [InlineData("--watch", "--json")]
    [InlineData("--state", "/nowhere/state.json")]
    public async Task What_is_not_said_clearly_is_exit_code_2(params string[] args) => Assert.Equal(ExitCode.Usage, await RunAsync(args));

    public void Dispose() => File.Delete(_state);

    /// <summary>A group that has registered and handled nothing since.</summary>
    private async Task<NoteServiceOptions> StoppedAsync(int behind)
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token);
        await File.WriteAllTextAsync(
            _state,
            JsonSerializer.Serialize(
                new Dictionary<string, string>(StringComparer.Ordinal) { ["notesdb"] = options.Database, ["kafka"] = options.Kafka }),
            Token);
        await using (await NoteService.StartAsync(options, Token))
        {
            await using var probe = new LagProbe(options);
            await probe.ReadAsync();
        }

        await Records.ProduceAsync(
            options.Kafka, options.Topic, Enumerable.Range(0, behind).Select(key => Records.Of(new Noted($"key-{key}", 1))), Token);
        return options;
    }

    private static RootCommand Root() => new() { LagCommand.Create() };

    private string[] Args(params string[] args) =>
        ["lag", .. args, .. args.Contains("--state", StringComparer.Ordinal) ? Array.Empty<string>() : ["--state", _state]];

    private Task<int> RunAsync(params string[] args) => CommandLine.RunAsync(Root(), Args(args), Token);
}
