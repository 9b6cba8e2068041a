using System.CommandLine;
using System.Text.Json;
using EventDriven.Cli;
using EventDriven.Cli.DeadLetters;
using EventDriven.Messaging.DeadLetters;
using EventDriven.Messaging.Tasks;
using EventDriven.Tests.Messaging.Host;
using Npgsql;

namespace EventDriven.Tests.Cli;

/// <summary>The operator's commands, beside a running service and found through its state file.</summary>
public sealed class DeadLettersCommandTests(Servers servers) : IDisposable
{
    private readonly string _state = Path.GetTempFileName();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dead_letters_are_listed_shown_discarded_and_redriven()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with
        {
            Behaviour = (context, _) => context.Data.Number == 1 ? throw new InvalidOperationException("never") : Task.CompletedTask,
        };
        await File.WriteAllTextAsync(_state, JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { ["notesdb"] = options.Database, ["redis"] = "?" }), Token);
        Assert.Equal(ExitCode.Done, await RunAsync("list", "--group", options.Group!));

        await using var service = await NoteService.StartAsync(options, Token);
        await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("a", 1)), Records.Of(new Noted("a", 2))], Token);
        await using var database = new NpgsqlConnection(options.Database);
        await database.OpenAsync(Token);
        var desk = new DeadLetterDesk(database);
        var letters = await Eventually.GetAsync(
            async () => await desk.ListAsync(new DeadLetterFilter(), resolved: true, 10, Token), found => found.Count == 2);
        var id = $"{letters[0].Id}";

        Assert.Equal(ExitCode.Refused, await RunAsync("list", "--group", options.Group!, "--json"));
        Assert.Equal(ExitCode.Done, await RunAsync("list", "--group", "another"));
        Assert.Equal(ExitCode.Done, await RunAsync("show", id, "--group", options.Group!));
        Assert.Equal(ExitCode.Refused, await RunAsync("show", id, "--group", "another"));
        Assert.Equal(ExitCode.Refused, await RunAsync("discard", id, "--group", "another", "--because", "no such", "--yes"));
        Assert.Equal(ExitCode.Done, await RunAsync("discard", id, "--group", options.Group!, "--because", "a test", "--yes"));
        var refused = await FailAsync("discard", id, "--group", options.Group!, "--because", "again", "--yes");
        Assert.Equal(ExitCode.Refused, refused.ExitCode);
        Assert.Contains($"was discarded already, by {Environment.UserName} on ", refused.Message, StringComparison.Ordinal);
        refused = await FailAsync("discard", "4711", "--group", options.Group!, "--because", "no such", "--yes");
        Assert.Equal(ExitCode.Refused, refused.ExitCode);
        Assert.Contains("has no dead letter 4711", refused.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, await RunAsync("redrive", "--group", options.Group!, "--key", "a", "--yes"));

        Assert.Equal(2, Assert.Single(await Eventually.GetAsync(service.EffectsAsync, e => e.Count == 1)).Number);
        var ended = await Eventually.GetAsync(
            async () => await desk.ListAsync(new DeadLetterFilter(), resolved: true, 10, Token), found => found.All(l => l.State != DeadLetterState.Redriving));
        Assert.Equal([DeadLetterState.Discarded, DeadLetterState.Redriven], ended.Select(l => l.State));
        Assert.Equal(("a test", Environment.UserName), (ended[0].Note, ended[0].ChangedBy));
    }

    [Theory]
    [InlineData("redrive", "--yes")]
    [InlineData("redrive", "--key", "a", "--yes")]
    [InlineData("discard", "1", "--group", "notes", "--yes")]
    [InlineData("show", "1")]
    public async Task What_is_not_said_clearly_is_exit_code_2(params string[] args) => Assert.Equal(ExitCode.Usage, await RunAsync(args));

    [Fact]
    public async Task Without_a_running_system_nor_connection_strings_it_is_exit_code_2() =>
        Assert.Equal(ExitCode.Usage, await RunAsync("list", "--state", "/nowhere/state.json"));

    [Fact]
    public async Task A_database_that_does_not_answer_is_exit_code_3()
    {
        await File.WriteAllTextAsync(_state, """{ "notesdb": "Host=127.0.0.1;Port=1;Username=u;Database=d" }""", Token);
        Assert.Equal(ExitCode.Unreachable, await RunAsync("list"));
    }

    public void Dispose() => File.Delete(_state);

    private static RootCommand Root() => new() { DeadLettersCommand.Create() };

    private Task<int> RunAsync(params string[] args) => CommandLine.RunAsync(Root(), Whole(args));

    // What the operator is told.
    private Task<CommandFailedException> FailAsync(params string[] args) => Assert.ThrowsAsync<CommandFailedException>(
        () => Root().Parse(Whole(args)).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }, Token));

    private string[] Whole(string[] args) =>
        ["dead-letters", .. args, .. args.Contains("--state", StringComparer.Ordinal) ? Array.Empty<string>() : ["--state", _state]];
}
