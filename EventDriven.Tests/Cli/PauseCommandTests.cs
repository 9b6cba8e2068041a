using System.Text.Json;
using EventDriven.Cli;
using EventDriven.Messaging.Operations.Audit;
using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Tests.Messaging.Host;
using Npgsql;

namespace EventDriven.Tests.Cli;

/// <summary><c>pause</c> and <c>resume</c>, beside a running service.</summary>
public sealed class PauseCommandTests(Servers servers) : IDisposable
{
    private readonly string _state = Path.GetTempFileName();
    private readonly MemoryTrail _trail = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_paused_group_handles_nothing_until_it_is_resumed()
    {
        var options = await StateAsync();
        await using var service = await NoteService.StartAsync(options, Token);
        await ProduceAsync(options, "a");
        await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == 1);

        Assert.Equal(ExitCode.Done, await RunAsync("pause", "--group", options.Group!, "--for", "1h"));
        Assert.Equal(Environment.UserName, await PausedByAsync(options));
        await Eventually.TrueAsync(
            async () => await service.QueryAsync("SELECT now() - last_seen_at > interval '6 s' FROM messaging.consumer_groups") is true);
        await ProduceAsync(options, "b");
        Assert.Single(await service.EffectsAsync());

        Assert.Equal(ExitCode.Done, await RunAsync("resume", "--group", options.Group!));
        await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == 2);
        Assert.Null(await PausedByAsync(options));

        // Nothing is left to end, so nothing is asked or recorded.
        Assert.Equal(ExitCode.Done, await RunAsync("resume", "--group", options.Group!));
        Assert.Equal(
            [AuditPhase.Started, AuditPhase.Succeeded, AuditPhase.Started, AuditPhase.Succeeded],
            _trail.Records.Select(record => record.Phase));
    }

    [Fact]
    public async Task What_pauses_and_resumes_a_group_itself_is_not_disturbed()
    {
        var options = await StateAsync();
        await using (await NoteService.StartAsync(options, Token))
        {
            await Eventually.TrueAsync(async () => await IsKnownAsync(options));
        }

        // Not of the pool, which would keep the claim beyond the end.
        await using (var replaying = new NpgsqlConnection($"{options.Database};Pooling=false"))
        {
            await replaying.OpenAsync(Token);
            Assert.True(await new GroupAdmin(replaying).TryClaimAsync(Token));

            Assert.Equal(ExitCode.Refused, await RunAsync("pause", "--group", options.Group!));
        }

        Assert.Null(await PausedByAsync(options));
        Assert.Contains("wait until it ends", _trail.Records[^1].Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pause", "--group", "GROUP", "--for", "25h")]
    [InlineData("pause", "--group", "GROUP", "--for", "0s")]
    [InlineData("pause", "--group", "GROUP", "--for", "soon")]
    [InlineData("pause", "--group", "nobody")]
    [InlineData("resume", "--group", "nobody")]
    [InlineData("pause")]
    public async Task What_is_not_said_clearly_is_exit_code_2_and_pauses_nothing(params string[] args)
    {
        var options = await StateAsync();
        await using (await NoteService.StartAsync(options, Token))
        {
            await Eventually.TrueAsync(async () => await IsKnownAsync(options));
        }

        Assert.Equal(ExitCode.Usage, await RunAsync([.. args.Select(arg => arg == "GROUP" ? options.Group! : arg)]));
        Assert.Null(await PausedByAsync(options));
        Assert.Empty(_trail.Records);
    }

    public void Dispose() => File.Delete(_state);

    private static async Task<bool> IsKnownAsync(NoteServiceOptions options)
    {
        await using var database = await options.OpenDatabaseAsync(Token);
        return (await new GroupAdmin(database).ListAsync(Token)).Count > 0;
    }

    private static async Task<string?> PausedByAsync(NoteServiceOptions options)
    {
        await using var database = await options.OpenDatabaseAsync(Token);
        return (await new GroupAdmin(database).ActivityAsync(Token))[options.Group!].PausedBy;
    }

    private static Task ProduceAsync(NoteServiceOptions options, string key) =>
        Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted(key, 2))], Token);

    private async Task<NoteServiceOptions> StateAsync()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token);
        await File.WriteAllTextAsync(
            _state,
            JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { ["notesdb"] = options.Database }),
            Token);
        return options;
    }

    private Task<int> RunAsync(params string[] args) => CommandLine.RunAsync(
        OperatorCommands.Create(Asked.Recording(new Confirmation(ask: null, askReason: null), _trail)),
        [.. args, "--yes", "--because", "a test", "--state", _state],
        Token);
}
