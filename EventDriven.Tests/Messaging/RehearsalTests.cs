using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Tests.Messaging.Host;
using Npgsql;

namespace EventDriven.Tests.Messaging;

/// <summary>Old events are handled as if, and everything is taken back.</summary>
public sealed class RehearsalTests(Servers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_changes_and_what_would_is_counted()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with
        {
            Batches = true,
            Announce = (contexts, outbox) =>
            {
                foreach (var context in contexts.Where(c => c.Data.Number == 0))
                {
                    using var entered = context.Enter();
                    outbox.Add(new Noted(context.Data.Key, 1), TimeProvider.System.GetUtcNow());
                }
            },
        };
        await using var service = await NoteService.StartAsync(options, Token);
        var notes = Enumerable.Range(0, 250).Select(i => new Noted($"key-{i % 10}", 0)).ToList();
        await Records.ProduceAsync(options.Kafka, options.Topic, notes.Select(note => Records.Of(note)), Token);
        await Eventually.GetAsync(service.EffectsAsync, effects => effects.Count == 500);
        await Eventually.TrueAsync(async () => await service.OutboxDepthAsync() == 0);
        var before = await TablesAsync(service);

        // The inbox knows all of them.
        var (exitCode, lines) = await service.TaskAsync("rehearse", "--group", options.Group!, "--from", "beginning");
        var known = Assert.IsType<RehearsalResult>(lines[^1]);
        Assert.Equal(ExitCode.Done, exitCode);
        Assert.Equal((500, 0, 500, 0), (known.Records, known.Applied, known.Recognised, known.PassedOver));
        Assert.Empty(known.Rows);
        Assert.Empty(known.Published);

        (exitCode, lines) = await service.TaskAsync("rehearse", "--group", options.Group!, "--from", "beginning", "--allow-effects");
        var again = Assert.IsType<RehearsalResult>(lines[^1]);
        Assert.Equal(ExitCode.Done, exitCode);
        Assert.Equal((500, 500, 0), (again.Records, again.Applied, again.Recognised));
        Assert.Equal(new RowChanges(500, 0, 0), Assert.Single(again.Rows, rows => rows.Key == "effects").Value);
        Assert.Equal((Noted.Type, 250), (Assert.Single(again.Published).Key, again.Published[Noted.Type]));

        Assert.Equal(before, await TablesAsync(service));
        Assert.Equal(500, Records.ReadAll(options.Kafka, options.Topic, 3).Count);
    }

    [Fact]
    public async Task Events_of_a_log_that_the_group_does_not_read_are_refused()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with { Cluster = "its own" };
        await using var service = await NoteService.StartAsync(options, Token);
        await Eventually.TrueAsync(async () =>
            await service.QueryAsync("UPDATE messaging.consumer_groups SET cluster = 'another' RETURNING cluster") is "another");

        var (exitCode, lines) = await service.TaskAsync("rehearse", "--group", options.Group!, "--from", "beginning");

        Assert.Equal(ExitCode.Refused, exitCode);
        Assert.Contains(
            "reads the log 'another', but this broker's log is 'its own'",
            Assert.IsType<TaskFailure>(lines[^1]).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_that_fails_is_found_among_others_and_counted_by_its_exception()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1);
        await using var service = await NoteService.StartAsync(options, Token);
        var messages = Enumerable.Range(0, 120).Select(i => Records.Of(new Noted($"key-{i}", i))).ToList();
        messages[60].Value = "{"u8.ToArray();
        await Records.ProduceAsync(options.Kafka, options.Topic, messages, Token);
        await Eventually.GetAsync(service.EffectsAsync, effects => effects.Count == 119);
        service.Behaviour.Run = (context, _) => context.Data.Number is 7 or 77
            ? throw new InvalidOperationException("never")
            : Task.CompletedTask;

        var (exitCode, lines) = await service.TaskAsync("rehearse", "--group", options.Group!, "--from", "0", "--allow-effects");

        var result = Assert.IsType<RehearsalResult>(lines[^1]);
        Assert.Equal(ExitCode.Refused, exitCode);
        Assert.Equal(117, result.Applied);
        Assert.Equal(117, result.Rows["effects"].Inserted);
        Assert.Equal(
            [(nameof(InvalidOperationException), 2L, $"{options.Topic}[0]@7"), ("UnreadableEventException", 1L, $"{options.Topic}[0]@60")],
            result.Failures.Select(f => (f.Error, f.Events, f.Place)));
        Assert.Equal(119, (await service.EffectsAsync()).Count);

        // Only a part of it.
        (exitCode, lines) = await service.TaskAsync(
            "rehearse", "--group", options.Group!, "--from", "offset:10", "--until", "20", "--allow-effects");
        Assert.Equal((ExitCode.Done, 10L), (exitCode, Assert.IsType<RehearsalResult>(lines[^1]).Applied));
    }

    /// <summary>Whether it could be read or not, and whether effects are allowed or not: no replay applies it.</summary>
    [Theory]
    [InlineData]
    [InlineData("--allow-effects")]
    public async Task What_was_discarded_is_left_out_and_counted(params string[] effects)
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1) with
        {
            Behaviour = (context, _) => context.Data.Key == "fails" ? throw new InvalidOperationException("never") : Task.CompletedTask,
        };
        await using var service = await NoteService.StartAsync(options, Token);
        var unreadable = Records.Of(new Noted("unreadable", 1));
        unreadable.Value = "{"u8.ToArray();
        await Records.ProduceAsync(
            options.Kafka, options.Topic, [Records.Of(new Noted("a", 1)), unreadable, Records.Of(new Noted("fails", 2))], Token);
        await using var database = await options.OpenDatabaseAsync(Token);
        var admin = new DeadLetterAdmin(database);
        var letters = await Eventually.GetAsync(
            () => admin.ListAsync(new DeadLetterFilter(), includeResolved: false, 10, Token), found => found.Count == 2);
        string[] rehearse = ["rehearse", "--group", options.Group!, "--from", "beginning", .. effects];
        Assert.Equal(ExitCode.Refused, (await service.TaskAsync(rehearse)).ExitCode);
        foreach (var letter in letters)
        {
            Assert.True(await admin.DiscardAsync(letter.Id, "a test", "tester", TimeProvider.System.GetUtcNow(), Token));
        }

        var (exitCode, lines) = await service.TaskAsync(rehearse);

        var result = Assert.IsType<RehearsalResult>(lines[^1]);
        Assert.Equal((ExitCode.Done, 3L, 2L), (exitCode, result.Records, result.Discarded));
        Assert.Equal(1, result.Applied + result.Recognised);
        Assert.Empty(result.Failures);
    }

    /// <summary>Longer than several may take together, and within what one may take alone, as in the service itself.</summary>
    [Fact]
    public async Task An_event_that_is_slow_and_not_wrong_is_applied()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1) with
        {
            Settings = new Dictionary<string, string?>
            {
                ["Messaging:Consumer:BatchTimeout"] = "00:00:01",
                ["Messaging:Consumer:HandlerTimeout"] = "00:00:20",
            },
        };
        await using var service = await NoteService.StartAsync(options, Token);
        await Records.ProduceAsync(
            options.Kafka, options.Topic, Enumerable.Range(0, 8).Select(i => Records.Of(new Noted($"key-{i}", i))), Token);
        await Eventually.GetAsync(service.EffectsAsync, effects => effects.Count == 8);
        service.Behaviour.Run = (context, token) => Task.Delay(context.Data.Number == 5 ? 2_000 : 0, token);

        var (exitCode, lines) = await service.TaskAsync("rehearse", "--group", options.Group!, "--from", "beginning", "--allow-effects");

        Assert.Equal((ExitCode.Done, 8L), (exitCode, Assert.IsType<RehearsalResult>(lines[^1]).Applied));
    }

    /// <summary>EF Core wraps what a database throws while it is away.</summary>
    [Fact]
    public async Task A_database_that_goes_away_meanwhile_is_exit_code_3()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token);
        await using var service = await NoteService.StartAsync(options, Token);
        await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("a", 1))], Token);
        await Eventually.GetAsync(service.EffectsAsync, effects => effects.Count == 1);
        service.Behaviour.Run = (_, _) => throw new InvalidOperationException(
            "transient", new NpgsqlException("gone", new IOException("reset by peer")));

        var (exitCode, lines) = await service.TaskAsync("rehearse", "--group", options.Group!, "--from", "beginning", "--allow-effects");

        var failure = Assert.IsType<TaskFailure>(lines[^1]);
        Assert.Equal((ExitCode.Unreachable, ExitCode.Unreachable), (exitCode, failure.ExitCode));
        Assert.Contains("reset by peer", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rehearse", "--group", "GROUP")]
    [InlineData("rehearse", "--group", "another", "--from", "beginning")]
    [InlineData("rehearse", "--group", "GROUP", "--from", "yesterday")]
    [InlineData("rehearse", "--group", "GROUP", "--from", "0", "--topic", "another.v1")]
    [InlineData("rehearse", "--group", "GROUP", "--from", "0", "--force")]
    [InlineData("rebuild")]
    public async Task What_cant_be_done_is_refused_with_a_reason(params string[] args)
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with { Publishes = false };
        await using var service = await NoteService.StartAsync(options, Token);
        var (exitCode, lines) = await service.TaskAsync([.. args.Select(arg => arg == "GROUP" ? options.Group! : arg)]);
        var failure = Assert.IsType<TaskFailure>(Assert.Single(lines));
        Assert.Equal((ExitCode.Usage, ExitCode.Usage), (exitCode, failure.ExitCode));
        Assert.NotEmpty(failure.Message);
    }

    private static async Task<string> TablesAsync(NoteService service) => $"{await service.QueryAsync(
        """
        SELECT (SELECT string_agg(e::text, ',' ORDER BY id) FROM effects e)
            || (SELECT string_agg(i::text, ',' ORDER BY identity) FROM messaging.inbox i)
            || (SELECT count(*) FROM messaging.outbox) || (SELECT count(*) FROM messaging.dead_letters)
        """)}";
}
