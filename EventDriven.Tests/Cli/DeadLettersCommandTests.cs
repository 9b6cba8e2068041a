using System.CommandLine;
using System.Text.Json;
using EventDriven.Cli;
using EventDriven.Cli.Audit;
using EventDriven.Cli.DeadLetters;
using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Messaging.Storage.DeadLetters;
using EventDriven.Tests.Messaging.Host;

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
        await WriteStateAsync(options);
        Assert.Equal(ExitCode.Done, await RunAsync("list"));
        Assert.Equal(ExitCode.Refused, await RunAsync("redrive", "--all", "--yes", "--because", "a test"));

        await using var service = await NoteService.StartAsync(options, Token);
        await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("a", 1)), Records.Of(new Noted("a", 2))], Token);
        await using var database = await options.OpenDatabaseAsync(Token);
        var admin = new DeadLetterAdmin(database);
        var letters = await Eventually.GetAsync(
            async () => await admin.ListAsync(new DeadLetterFilter(), includeResolved: true, 10, Token), found => found.Count == 2);
        var id = $"{letters[0].Id}";

        Assert.Equal(ExitCode.Refused, await RunAsync("list", "--group", options.Group!, "--json"));
        Assert.Equal(ExitCode.Done, await RunAsync("show", id, "--group", options.Group!));
        Assert.Equal(ExitCode.Done, await RunAsync("discard", id, "--group", options.Group!, "--because", "a test", "--yes"));
        var refused = await FailAsync("discard", id, "--group", options.Group!, "--because", "again", "--yes");
        Assert.Equal(ExitCode.Refused, refused.ExitCode);
        Assert.Contains($"was discarded already, by {Environment.UserName} on ", refused.Message, StringComparison.Ordinal);
        refused = await FailAsync("discard", "4711", "--group", options.Group!, "--because", "no such", "--yes");
        Assert.Equal(ExitCode.Refused, refused.ExitCode);
        Assert.Contains("has no dead letter 4711", refused.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, await RunAsync("redrive", "--group", options.Group!, "--key", "a", "--yes", "--because", "a test"));

        Assert.Equal(2, Assert.Single(await Eventually.GetAsync(service.EffectsAsync, e => e.Count == 1)).Number);
        var ended = await Eventually.GetAsync(
            async () => await admin.ListAsync(new DeadLetterFilter(), includeResolved: true, 10, Token),
            found => found.All(l => l.State != DeadLetterState.Redriving));
        Assert.Equal([DeadLetterState.Discarded, DeadLetterState.Redriven], ended.Select(l => l.State));
        Assert.Equal(("a test", Environment.UserName), (ended[0].Note, ended[0].ChangedBy));
    }

    [Fact]
    public async Task Nothing_is_changed_before_somebody_has_said_yes()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token)
            with
        { Behaviour = (_, _) => throw new InvalidOperationException("never") };
        await WriteStateAsync(options);
        await using var service = await NoteService.StartAsync(options, Token);
        await Records.ProduceAsync(
            options.Kafka,
            options.Topic,
            [Records.Of(new Noted("a", 1)), Records.Of(new Noted("a", 2)), Records.Of(new Noted("b", 1))],
            Token);
        await Eventually.TrueAsync(async () => await service.QueryAsync("SELECT count(*) FROM messaging.dead_letters") is 3L);
        const string Parked = "SELECT count(*) FROM messaging.dead_letters WHERE state = 'parked'";
        var parked = await service.QueryAsync(Parked);
        var id = $"{await service.QueryAsync("SELECT min(id) FROM messaging.dead_letters WHERE key = 'a'")}";
        var asked = new Asked(answer: false);

        Assert.Equal(ExitCode.Refused, await RunAsync(asked.Somebody, "redrive", "--group", options.Group!, "--key", "a"));
        Assert.Equal(ExitCode.Refused, await RunAsync(asked.Somebody, "discard", id, "--group", options.Group!, "--because", "a test"));
        Assert.Equal(
            ["2 dead letters of 1 key in group " + options.Group + " will be redriven, each key in order. Go on?", "Dead letter "
                + $"{id} of {options.Group} will be discarded: its effect will never happen. Go on?"], asked.Questions);
        Assert.Equal(ExitCode.Usage, await RunAsync(Asked.Nobody, "redrive", "--all"));
        Assert.Equal(parked, await service.QueryAsync(Parked));

        Assert.Equal(
            ExitCode.Done,
            await RunAsync(new Asked(answer: true).Somebody, "discard", id, "--group", options.Group!, "--because", "a test"));
    }

    [Fact]
    public async Task What_stood_on_another_log_is_named_when_it_is_not_redriven()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with
        {
            Cluster = "first",
            Behaviour = (_, _) => throw new InvalidOperationException("never"),
        };
        await WriteStateAsync(options);
        await using (var first = await NoteService.StartAsync(options, Token))
        {
            await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("a", 1))], Token);
            await Eventually.TrueAsync(async () => await first.QueryAsync("SELECT count(*) FROM messaging.dead_letters") is 1L);
        }

        await using var second = await NoteService.StartAsync(options with { Cluster = "second" }, Token);
        await Eventually.TrueAsync(async () =>
            await second.QueryAsync("SELECT count(*) FROM messaging.consumer_groups WHERE cluster = 'second'") is 1L);

        var refused = await FailAsync("redrive", "--all", "--yes", "--because", "a test");

        Assert.Equal(ExitCode.Refused, refused.ExitCode);
        Assert.Contains("1 dead letter(s) stood on the log of another cluster", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("show", "1")]
    [InlineData("redrive", "--all", "--yes", "--because", "a test")]
    [InlineData("discard", "1", "--because", "a test", "--yes")]
    public async Task A_group_that_nobody_knows_never_looks_healthy(params string[] args)
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token);
        await WriteStateAsync(options);
        await using var service = await NoteService.StartAsync(options, Token);
        await Eventually.TrueAsync(async () => await service.QueryAsync("SELECT count(*) FROM messaging.consumer_groups") is 1L);

        var failed = await FailAsync([.. args, "--group", "mistyped"]);

        Assert.Equal((ExitCode.Usage, $"There is no group 'mistyped'; there is {options.Group}."), (failed.ExitCode, failed.Message));
    }

    [Theory]
    [InlineData("list", "--limit", "0")]
    [InlineData("list", "--limit", "-1")]
    [InlineData("redrive", "--yes")]
    [InlineData("redrive", "--key", "a", "--yes")]
    [InlineData("redrive", "--type", "test.noted.v1", "--yes")]
    [InlineData("redrive", "--group", "notes", "--all-groups", "--yes")]
    [InlineData("redrive", "--group", "notes", "--offsets", "1..2", "--yes")]
    [InlineData("redrive", "--group", "notes", "--partition", "1", "--yes")]
    [InlineData("redrive", "--group", "notes", "--topic", "notes.v1", "--offsets", "2..1", "--yes")]
    [InlineData("redrive", "--group", "notes", "--wait", "--timeout", "0", "--yes")]
    [InlineData("discard", "--because", "a test", "--yes")]
    [InlineData("discard", "--group", "notes", "--because", "a test", "--yes")]
    [InlineData("discard", "--type", "test.noted.v1", "--because", "a test", "--yes")]
    [InlineData("discard", "1", "--because", "a test", "--yes")]
    [InlineData("discard", "1", "--group", "notes", "--key", "a", "--because", "a test", "--yes")]
    [InlineData("discard", "--group", "notes", "--key", "a", "--yes")]
    [InlineData("discard", "1", "--group", "notes", "--yes")]
    [InlineData("show", "1")]
    public async Task What_is_not_said_clearly_is_exit_code_2(params string[] args) => Assert.Equal(ExitCode.Usage, await RunAsync(args));

    [Fact]
    public async Task Without_a_running_system_nor_connection_strings_it_is_exit_code_2() =>
        Assert.Equal(ExitCode.Usage, await RunAsync("list", "--state", "/nowhere/state.json"));

    /// <summary>Before any database is asked: none answers here, which would be 3.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public async Task Discarding_without_saying_why_is_exit_code_2(string because)
    {
        await File.WriteAllTextAsync(_state, """{ "notesdb": "Host=127.0.0.1;Port=1;Username=u;Database=d" }""", Token);
        Assert.Equal(ExitCode.Usage, await RunAsync("discard", "1", "--group", "notes", "--because", because, "--yes"));
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_exit_code_3()
    {
        await File.WriteAllTextAsync(_state, """{ "notesdb": "Host=127.0.0.1;Port=1;Username=u;Database=d" }""", Token);
        Assert.Equal(ExitCode.Unreachable, await RunAsync("list"));
    }

    public void Dispose() => File.Delete(_state);

    private static RootCommand Root(OperatorChanges changes) => new() { DeadLettersCommand.Create(changes) };

    private Task WriteStateAsync(NoteServiceOptions options) => File.WriteAllTextAsync(
        _state, JsonSerializer.Serialize(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["notesdb"] = options.Database, ["redis"] = "?" }), Token);

    private Task<int> RunAsync(params string[] args) => RunAsync(Asked.Nobody, args);

    private Task<int> RunAsync(OperatorChanges changes, params string[] args) =>
        CommandLine.RunAsync(Root(changes), Whole(args), Token);

    // What the operator is told.
    private Task<OperationFailedException> FailAsync(params string[] args) => Assert.ThrowsAsync<OperationFailedException>(
        () => Root(Asked.Nobody).Parse(Whole(args))
            .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }, Token));

    private string[] Whole(string[] args) =>
        ["dead-letters", .. args, .. args.Contains("--state", StringComparer.Ordinal) ? Array.Empty<string>() : ["--state", _state]];
}
