using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using EventDriven.Cli;
using EventDriven.Cli.Status;
using EventDriven.Identity;
using EventDriven.Messaging.Operations.Status;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Tests.Authorization;
using EventDriven.Tests.Messaging.Host;

namespace EventDriven.Tests.Cli;

/// <summary>The first command of whoever is on call, on real servers.</summary>
public sealed class StatusCommandTests(Servers servers) : IDisposable
{
    private readonly string _state = Path.GetTempFileName();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_is_green_while_the_service_runs_and_ends_with_0()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with { ServesHttp = true };
        await using var service = await NoteService.StartAsync(options, Token);
        await WriteStateAsync(options, ("services__notes__http__0", service.Http.BaseAddress!.ToString()));

        var status = await Eventually.GetAsync(() => ReadAsync(), found => found is { Level: StatusLevel.Green, Parts.Count: 5 });

        Assert.Equal(Enum.GetValues<StatusPartKind>(), status.Parts.Select(part => part.Kind));
        Assert.Equal("0 red, 0 yellow, 5 green.", status.Summary);
        Assert.Equal((servers.NoKafkaLogOnDisk is null ? 1 : (int?)null, 0L, 0d, 0L), Figures(Part(status, StatusPartKind.Group)));
        Assert.Equal(ExitCode.Done, await RunAsync());
        Assert.Equal(ExitCode.Done, await RunAsync("--json"));
    }

    [Fact]
    public async Task A_group_without_a_member_comes_first_with_since_when_and_how_far_it_is_behind_and_ends_with_1()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token);
        await using (var service = await NoteService.StartAsync(options, Token))
        {
            await Eventually.TrueAsync(async () =>
                await service.QueryAsync("SELECT last_seen_at FROM messaging.consumer_groups") is DateTime);
        }

        await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("a", 1)), Records.Of(new Noted("b", 1))], Token);
        await ExecuteAsync(options, "UPDATE messaging.consumer_groups SET last_seen_at = now() - interval '40 s'");
        await WriteStateAsync(options);

        var status = await ReadAsync();

        var first = status.Parts[0];
        Assert.Equal((StatusLevel.Red, StatusPartKind.Group, options.Group), (first.Level, first.Kind, first.Name));
        Assert.Matches(servers.NoKafkaLogOnDisk is null ? "^no member for 4[0-9] s$" : "^no sign of a member for 4[0-9] s$", first.Says[0]);
        Assert.StartsWith("2 events behind, the oldest for ", first.Says[1], StringComparison.Ordinal);
        Assert.Contains($"{options.Group}: {first.Says[0]}.", status.Summary, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Refused, await RunAsync());
        Assert.Equal(ExitCode.Refused, await RunAsync("--json"));
    }

    [Fact]
    public async Task Parked_keys_and_a_pause_are_yellow_and_end_with_0()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token)
            with
        { Behaviour = (_, _) => throw new InvalidOperationException("never") };
        await WriteStateAsync(options);
        await using var service = await NoteService.StartAsync(options, Token);
        await service.AnnounceAsync(Token, new Noted("a", 1), new Noted("a", 2));
        await Eventually.TrueAsync(async () => await service.QueryAsync("SELECT count(*) FROM messaging.dead_letters") is 2L);

        var part = Part(await Eventually.GetAsync(() => ReadAsync(), found => found.Level == StatusLevel.Yellow), StatusPartKind.Group);
        Assert.Equal([$"1 key parked with 2 events: dead-letters list --group {options.Group}"], part.Says);
        Assert.Equal(ExitCode.Done, await RunAsync());

        await ExecuteAsync(options, "UPDATE messaging.consumer_groups SET paused_until = now() + interval '1 min', paused_by = 'somebody'");
        Assert.Contains("paused by somebody", Part(await ReadAsync(), StatusPartKind.Group).Says);
    }

    /// <summary>Only its instances know it.</summary>
    [Fact]
    public async Task A_halted_group_is_red_with_what_its_service_says()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with
        {
            ServesHttp = true,
            MaxParkedKeys = 1,
            Behaviour = (_, _) => throw new InvalidOperationException("never"),
        };
        await using var service = await NoteService.StartAsync(options, Token);
        await WriteStateAsync(
            options, ("services__notes__http__0", service.Http.BaseAddress!.ToString()), (DevelopmentIssuer.KeyVariable, TestTokens.Key));
        await service.AnnounceAsync(Token, new Noted("a", 1), new Noted("b", 1), new Noted("c", 1));

        // A consumer that starts registers its group first; until it has joined it, the group is red because it has no member.
        var status = await Eventually.GetAsync(
            () => ReadAsync(),
            found => found.Parts.Any(part => part is { Kind: StatusPartKind.Group, Says: ["halted on notes", ..] }));

        Assert.Equal(StatusLevel.Red, Part(status, StatusPartKind.Group).Level);
        Assert.Contains("consumer: ", string.Join("; ", Part(status, StatusPartKind.Service).Says), StringComparison.Ordinal);
    }

    /// <summary>Nothing listens there: a few seconds, and the rest is known all the same.</summary>
    [Fact]
    public async Task What_is_away_is_named_in_a_few_seconds_hides_nothing_else_and_ends_with_3()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token);
        await using var service = await NoteService.StartAsync(options, Token);
        await Eventually.TrueAsync(async () => await service.QueryAsync("SELECT last_seen_at FROM messaging.consumer_groups") is DateTime);

        await WriteStateAsync(
            options,
            ("kafka", "127.0.0.1:1"),
            ("awaydb", "Host=127.0.0.1;Port=1;Username=u;Database=d"),
            ("silentdb", "Host=192.0.2.1;Username=u;Database=d"),
            ("services__notes__http__0", "http://127.0.0.1:1"));
        var started = Stopwatch.GetTimestamp();
        var status = await ReadAsync();

        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Equal(
            [
                (StatusPartKind.Kafka, "kafka"),
                (StatusPartKind.Database, "awaydb"),
                (StatusPartKind.Database, "silentdb"),
                (StatusPartKind.Service, "notes"),
            ],
            status.Parts.Where(part => part.Level == StatusLevel.Red).Select(part => (part.Kind, part.Name)));
        Assert.Equal((null, null, null, 0L), Figures(Part(status, StatusPartKind.Group)));
        Assert.Equal(ExitCode.Unreachable, StatusCommand.EndsWith(status));
        Assert.Equal(ExitCode.Unreachable, await RunAsync("--json"));
    }

    [Fact]
    public async Task A_service_that_does_not_answer_alone_is_red_and_ends_with_1()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token);
        await using var service = await NoteService.StartAsync(options, Token);
        await Eventually.TrueAsync(async () => await service.QueryAsync("SELECT last_seen_at FROM messaging.consumer_groups") is DateTime);
        await WriteStateAsync(options, ("services__notes__http__0", "http://127.0.0.1:1"));

        var status = await Eventually.GetAsync(() => ReadAsync(), found => found.Parts.Count(part => part.Level == StatusLevel.Red) == 1);

        Assert.Equal(StatusPartKind.Service, status.Parts[0].Kind);
        Assert.Equal(ExitCode.Refused, StatusCommand.EndsWith(status));
    }

    [Fact]
    public async Task Watching_ends_when_it_is_cancelled()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token);
        await WriteStateAsync(options);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        stop.CancelAfter(TimeSpan.FromSeconds(5));

        Assert.Equal(ExitCode.Done, await CommandLine.RunAsync(Root(), ["status", "--watch", "--state", _state], stop.Token));
    }

    [Theory]
    [InlineData("--watch", "--json")]
    [InlineData("--state", "/nowhere/state.json")]
    public async Task What_is_not_said_clearly_is_exit_code_2(params string[] args) =>
        Assert.Equal(ExitCode.Usage, await CommandLine.RunAsync(Root(), ["status", .. args], Token));

    public void Dispose() => File.Delete(_state);

    private static RootCommand Root() => new() { StatusCommand.Create() };

    private static StatusPart Part(SystemStatus status, StatusPartKind kind) => status.Parts.Single(part => part.Kind == kind);

    private static (int? Members, long? Events, double? Seconds, long? ParkedKeys) Figures(StatusPart part) =>
        (part.Members, part.Events, part.Seconds, part.ParkedKeys);

    private static async Task ExecuteAsync(NoteServiceOptions options, string sql)
    {
        await using var database = await options.OpenDatabaseAsync(Token);
        await using var command = new Npgsql.NpgsqlCommand(sql, database);
        await command.ExecuteNonQueryAsync(Token);
    }

    private async Task<SystemStatus> ReadAsync()
    {
        using var reader = StatusCommand.Open(Root().Parse(["status", "--state", _state]));
        return await reader.ReadAsync(Token);
    }

    private Task<int> RunAsync(params string[] args) => CommandLine.RunAsync(Root(), ["status", .. args, "--state", _state], Token);

    private Task WriteStateAsync(NoteServiceOptions options, params (string Name, string Value)[] others)
    {
        var state = new Dictionary<string, string>(StringComparer.Ordinal) { ["notesdb"] = options.Database, ["kafka"] = options.Kafka };
        foreach (var (name, value) in others)
        {
            state[name] = value;
        }

        return File.WriteAllTextAsync(_state, JsonSerializer.Serialize(state), Token);
    }
}
