using System.CommandLine;
using System.Text.Json;
using EventDriven.Cli;
using EventDriven.Cli.Lag;
using EventDriven.Cli.Servers;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Tests.Messaging.Host;

namespace EventDriven.Tests.Cli;

/// <summary>One database that is away must not keep an operator from the others.</summary>
public sealed class AwayDatabaseTests(Servers servers) : IDisposable
{
    private const string Away = "Host=127.0.0.1;Port=1;Username=u;Database=d";

    private readonly string _state = Path.GetTempFileName();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("dead-letters", "list")]
    [InlineData("outbox", "list")]
    [InlineData("lag")]
    [InlineData("lag", "--json")]
    [InlineData("lag", "--max-seconds", "3600")]
    [InlineData("reconcile", "--since", "1h")]
    public async Task What_is_known_is_shown_and_the_command_ends_with_3(params string[] args)
    {
        await using var service = await StartAsync();

        Assert.Equal(ExitCode.Unreachable, await RunAsync(args));
    }

    [Theory]
    [InlineData("dead-letters", "list")]
    [InlineData("lag")]
    [InlineData("reconcile", "--since", "1h")]
    public async Task It_does_not_matter_to_a_group_that_another_database_knows(params string[] args)
    {
        await using var service = await StartAsync();

        Assert.Equal(ExitCode.Done, await RunAsync([.. args, "--group", await GroupAsync(service)]));
        Assert.Equal(ExitCode.Unreachable, await RunAsync([.. args, "--group", "where-may-it-be"]));
    }

    [Fact]
    public async Task The_databases_that_answer_are_opened_and_the_others_named()
    {
        await using var service = await StartAsync();

        await using var databases = await Databases.OpenAsync(Parse("outbox", "list"), group: null, Token);
        Assert.Equal("notesdb", Assert.Single(databases.Open).Name);
        Assert.Contains("awaydb", Assert.Single(databases.Unreachable).Name, StringComparison.Ordinal);
        using var measurement = LagCommand.Open(Parse("lag"));
        var lag = await measurement.ReadAsync(only: null, Token);
        Assert.Equal(await GroupAsync(service), Assert.Single(lag.Groups).Group.Name);
        Assert.Contains("awaydb", Assert.Single(lag.Unreachable).Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redrive_marks_where_it_can_and_ends_with_3()
    {
        await using var service = await StartAsync(failing: true);
        await service.AnnounceAsync(Token, new Noted("a", 1));
        await Eventually.TrueAsync(async () => await service.QueryAsync("SELECT count(*) FROM messaging.dead_letters") is 1L);
        service.Behaviour.Run = (_, _) => Task.CompletedTask;

        Assert.Equal(ExitCode.Unreachable, await RunAsync("dead-letters", "redrive", "--all", "--yes", "--because", "a test"));

        await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == 1);
    }

    [Theory]
    [InlineData("not a connection string")]
    [InlineData("Host=127.0.0.1;Port=many")]
    [InlineData("Hots=127.0.0.1")]
    public async Task A_connection_string_that_cant_be_understood_is_exit_code_2(string connectionString)
    {
        await WriteStateAsync(("notesdb", connectionString));
        Assert.Equal(ExitCode.Usage, await RunAsync("outbox", "list"));
    }

    [Fact]
    public async Task A_host_that_nobody_knows_is_exit_code_3()
    {
        await WriteStateAsync(("notesdb", "Host=nowhere.invalid;Username=u;Database=d"));
        Assert.Equal(ExitCode.Unreachable, await RunAsync("outbox", "list"));
    }

    public void Dispose() => File.Delete(_state);

    private static async Task<string> GroupAsync(NoteService service) =>
        (string)(await service.QueryAsync("""SELECT "group" FROM messaging.consumer_groups"""))!;

    private async Task<NoteService> StartAsync(bool failing = false)
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with
        {
            Behaviour = (_, _) => failing ? throw new InvalidOperationException("never") : Task.CompletedTask,
        };
        await WriteStateAsync(("awaydb", Away), ("kafka", options.Kafka), ("notesdb", options.Database));
        var service = await NoteService.StartAsync(options, Token);
        await Eventually.TrueAsync(async () => await service.QueryAsync("SELECT count(*) FROM messaging.consumer_groups") is 1L);
        return service;
    }

    private Task WriteStateAsync(params (string Name, string Value)[] state) => File.WriteAllTextAsync(
        _state, JsonSerializer.Serialize(state.ToDictionary(s => s.Name, s => s.Value, StringComparer.Ordinal)), Token);

    private ParseResult Parse(params string[] args) => OperatorCommands.Create(Asked.Nobody).Parse([.. args, "--state", _state]);

    private Task<int> RunAsync(params string[] args) =>
        CommandLine.RunAsync(OperatorCommands.Create(Asked.Nobody), [.. args, "--state", _state], Token);
}
