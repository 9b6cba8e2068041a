using System.CommandLine;
using System.Text.Json;
using EventDriven.Cli;
using EventDriven.Cli.Audit;
using EventDriven.Cli.DeadLetters;
using EventDriven.Messaging.Operations.Databases;
using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Operations.DeadLetters.Progress;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Messaging.Storage.DeadLetters;
using EventDriven.Tests.Messaging.Host;

namespace EventDriven.Tests.Cli;

/// <summary>Many dead letters at once: what a filter means is counted, asked for, and done.</summary>
public sealed class DeadLetterFilterTests(Servers servers) : IDisposable
{
    private readonly string _state = Path.GetTempFileName();
    private volatile bool _isBroken = true;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_discard_by_filter_gives_up_exactly_what_was_counted()
    {
        await using var service = await StartAsync();
        var before = await ParkAsync(service, "a", "a", "b", "c");
        var asked = new Asked(answer: true);

        Assert.Equal(ExitCode.Done, await RunAsync(asked.Somebody, "discard", "--group", Group, "--key", "a", "--because", "a test"));

        Assert.Equal(
            [$"2 dead letters of 1 key in group {Group} will be discarded: their effects will never happen. Go on?"], asked.Questions);
        var after = await ListAsync();
        Assert.Equal(
            before.Where(letter => letter.Key == "a").Select(letter => letter.Id),
            after.Where(letter => letter.State == DeadLetterState.Discarded).Select(l => l.Id));
        Assert.Equal(2L, await service.QueryAsync("SELECT count(*) FROM messaging.inbox"));
    }

    /// <summary>Whoever thinks about a question must not be taken for somebody who has agreed to more.</summary>
    [Fact]
    public async Task What_comes_between_the_question_and_the_answer_is_not_discarded()
    {
        await using var service = await StartAsync();
        await ParkAsync(service, "a");
        var thinking = Asked.By(async (_, _) =>
        {
            await ParkAsync(service, "a", "b");
            return true;
        });

        Assert.Equal(ExitCode.Done, await RunAsync(thinking, "discard", "--group", Group, "--all", "--because", "a test"));

        Assert.Equal(
            [DeadLetterState.Discarded, DeadLetterState.Parked, DeadLetterState.Parked],
            (await ListAsync()).Select(letter => letter.State));
    }

    [Fact]
    public async Task Type_reason_topic_and_offsets_choose_too()
    {
        await using var service = await StartAsync();
        var letters = await ParkAsync(service, "a", "b", "c", "d");
        var last = letters[^1];

        Assert.Equal(0, await CountAsync("--topic", "another.v1"));
        Assert.Equal(0, await CountAsync("--type", "another.v1"));
        Assert.Equal(0, await CountAsync("--reason", "unreadable"));
        Assert.Equal(4, await CountAsync("--topic", last.Topic));
        Assert.Equal(4, await CountAsync("--type", Noted.Type));
        Assert.Equal(4, await CountAsync("--reason", "System.InvalidOperationException"));
        Assert.Equal(1, await CountAsync("--topic", last.Topic, "--partition", $"{last.Partition}", "--offsets", $"{last.Offset}"));
        Assert.Equal(4, await CountAsync("--topic", last.Topic, "--offsets", "0.."));
        Assert.Equal(0, await CountAsync("--topic", last.Topic, "--offsets", "1000..2000"));
        Assert.Equal(4, await CountAsync("--topic", last.Topic, "--offsets", "..1000"));
        Assert.All(await ListAsync(), letter => Assert.Equal(DeadLetterState.Parked, letter.State));

        // How many a redrive would take, by its question; 0 where it finds none.
        async Task<int> CountAsync(params string[] filter)
        {
            var asked = new Asked(answer: false);
            Assert.Equal(ExitCode.Refused, await RunAsync(asked.Somebody, ["redrive", "--group", Group, .. filter]));
            return asked.Questions is [var question] ? int.Parse(question.Split(' ')[0]) : 0;
        }
    }

    /// <summary>A key is never torn apart: its events are handled in order, or none of them.</summary>
    [Fact]
    public async Task Age_chooses_whole_keys_for_a_redrive_by_their_oldest_and_each_by_itself_for_a_discard()
    {
        await using var service = await StartAsync();
        await ParkAsync(service, "a", "a", "b", "b");
        await AgeAsync("key = 'a' AND reason = 'failed'");
        await AgeAsync("key = 'b' AND reason = 'behind'");
        var (redrive, discard) = (new Asked(answer: false), new Asked(answer: false));

        await RunAsync(redrive.Somebody, "redrive", "--group", Group, "--older-than", "1h");
        await RunAsync(discard.Somebody, "discard", "--group", Group, "--older-than", "1h");

        Assert.Equal([$"2 dead letters of 1 key in group {Group} will be redriven, each key in order. Go on?"], redrive.Questions);
        Assert.StartsWith($"2 dead letters of 2 keys in group {Group} will be discarded", Assert.Single(discard.Questions));
        Assert.Equal(ExitCode.Refused, await RunAsync("redrive", "--group", Group, "--older-than", "2d"));
        Assert.Equal(ExitCode.Usage, await RunAsync("redrive", "--group", Group, "--older-than", "offset:3"));

        async Task AgeAsync(string which)
        {
            await using var database = await _options!.OpenDatabaseAsync(Token);
            await using var command = new Npgsql.NpgsqlCommand(
                $"""
                UPDATE messaging.dead_letters SET changed_at = now() - interval '2 h',
                    first_failed_at = CASE WHEN first_failed_at IS NOT NULL THEN now() - interval '2 h' END WHERE {which}
                """,
                database);
            Assert.Equal(1, await command.ExecuteNonQueryAsync(Token));
        }
    }

    [Fact]
    public async Task A_redrive_waits_for_its_outcome_and_ends_with_0_when_all_was_applied()
    {
        await using var service = await StartAsync();
        await ParkAsync(service, "a", "a", "b");
        _isBroken = false;

        Assert.Equal(ExitCode.Done, await RunAsync("redrive", "--all-groups", "--wait", "--yes", "--because", "a test"));

        Assert.All(await ListAsync(), letter => Assert.Equal(DeadLetterState.Redriven, letter.State));
        Assert.Equal(3, (await service.EffectsAsync()).Count);
    }

    [Fact]
    public async Task A_redrive_that_fails_again_says_of_what_and_with_which_error_and_ends_with_1()
    {
        await using var service = await StartAsync();
        var letters = await ParkAsync(service, "a", "a");
        await using var database = await _options!.OpenDatabaseAsync(Token);
        var admin = new DeadLetterAdmin(database);
        var chosen = await admin.ChooseForRedriveAsync(new DeadLetterFilter(Group), Token);

        var redrive = new RequestedRedrive(database, await admin.RedriveAsync(chosen, "test", TimeProvider.System.GetUtcNow(), Token));
        using var wait = new RedriveWait([redrive], [], TimeProvider.System);
        var outcome = await wait.RunAsync(TimeSpan.FromSeconds(30), Token);

        var failed = Assert.Single(outcome.Failed);
        Assert.Equal((letters[0].Id, "broken"), (failed.Id, failed.ErrorMessage));
        Assert.Equal("0 applied, 1 failed again, 1 blocked.", RedrivePrint.Summary(outcome));
        Assert.Equal(ExitCode.Refused, await RunAsync("redrive", "--group", Group, "--wait", "--yes", "--because", "a test", "--json"));
    }

    [Fact]
    public async Task How_far_a_redrive_is_stands_in_the_database_of_its_group()
    {
        await using var service = await StartAsync();
        await ParkAsync(service, "a", "a", "b");

        await RunAsync("redrive", "--all-groups", "--wait", "--yes", "--because", "It is broken still.");
        var failed = Assert.Single(await ProgressAsync());
        _isBroken = false;
        await RunAsync("redrive", "--all-groups", "--wait", "--yes", "--because", "It is repaired.");

        var applied = Assert.Single(await ProgressAsync());
        Assert.Equal((Group, 3, 0, 3, 0), (failed.Group, failed.Count, failed.Applied, failed.Parked, failed.Pending));
        Assert.Equal((Group, 3, 3, 0, 0), (applied.Group, applied.Count, applied.Applied, applied.Parked, applied.Pending));
        Assert.True(applied.ChangeId != failed.ChangeId && applied.Begun >= failed.Begun);
        await using var databases = await OpenAsync();
        Assert.Equal(applied, Assert.Single(await RedriveProgressReader.FindAsync(databases, applied.ChangeId, Token)));

        async Task<IReadOnlyList<RedriveProgress>> ProgressAsync()
        {
            await using var open = await OpenAsync();
            return await RedriveProgressReader.ListAsync(open, TimeProvider.System.GetUtcNow().AddMinutes(-10), 10, Token);
        }

        Task<ServiceDatabases> OpenAsync() => ServiceDatabases.OpenAsync([new ServiceDatabase("notesdb", _options!.Database)], Token);
    }

    /// <summary>A service of before has not installed the step of the schema by which dead letters know who asked for them.</summary>
    [Fact]
    public async Task A_redrive_beside_a_service_of_the_former_version_has_no_progress_and_goes_on()
    {
        await using (var service = await StartAsync())
        {
            await ParkAsync(service, "a");
        }

        await using var database = await _options!.OpenDatabaseAsync(Token);
        await using (var command = new Npgsql.NpgsqlCommand(
            "ALTER TABLE messaging.dead_letters RENAME COLUMN redrive_id TO another", database))
        {
            await command.ExecuteNonQueryAsync(Token);
        }

        Assert.Equal(ExitCode.Done, await RunAsync("redrive", "--all-groups", "--yes", "--because", "a test"));

        Assert.Equal(DeadLetterState.Redriving, Assert.Single(await ListAsync()).State);
        await using var open = await ServiceDatabases.OpenAsync([new ServiceDatabase("notesdb", _options.Database)], Token);
        Assert.Empty(await RedriveProgressReader.ListAsync(open, TimeProvider.System.GetUtcNow().AddMinutes(-10), 10, Token));
    }

    [Fact]
    public async Task A_redrive_of_a_service_that_is_stopped_says_so_and_ends_with_1()
    {
        await using (var service = await StartAsync())
        {
            await ParkAsync(service, "a");
            await Eventually.TrueAsync(async () =>
                await service.QueryAsync("SELECT last_seen_at FROM messaging.consumer_groups") is DateTime);
        }

        await using var database = await _options!.OpenDatabaseAsync(Token);
        await using (var command = new Npgsql.NpgsqlCommand(
            "UPDATE messaging.consumer_groups SET last_seen_at = now() - interval '40 s'", database))
        {
            await command.ExecuteNonQueryAsync(Token);
        }

        var admin = new DeadLetterAdmin(database);
        var chosen = await admin.ChooseForRedriveAsync(new DeadLetterFilter(Group), Token);
        var redrive = new RequestedRedrive(database, await admin.RedriveAsync(chosen, "test", TimeProvider.System.GetUtcNow(), Token));
        using var wait = new RedriveWait([redrive], [], TimeProvider.System);
        var outcome = await wait.RunAsync(TimeSpan.FromSeconds(1), Token);

        var (group, count, why) = Assert.Single(outcome.Pending);
        Assert.Equal((Group, 1), (group, count));
        Assert.StartsWith("no sign of a member for 4", why, StringComparison.Ordinal);
        Assert.False(outcome.IsDone);
    }

    public void Dispose() => File.Delete(_state);

    private NoteServiceOptions? _options;

    private string Group => _options!.Group!;

    private async Task<NoteService> StartAsync()
    {
        _options = await NoteServiceOptions.CreateAsync(servers, Token) with
        {
            Behaviour = (_, _) => _isBroken ? throw new InvalidOperationException("broken") : Task.CompletedTask,
        };
        await File.WriteAllTextAsync(
            _state, JsonSerializer.Serialize(
                new Dictionary<string, string>(StringComparer.Ordinal) { ["notesdb"] = _options.Database }), Token);
        return await NoteService.StartAsync(_options, Token);
    }

    /// <summary>Sends notes that fail, and waits until all are dead letters.</summary>
    private async Task<IReadOnlyList<DeadLetter>> ParkAsync(NoteService service, params string[] keys)
    {
        var before = (await ListAsync()).Count;
        await service.AnnounceAsync(Token, [.. keys.Select((key, number) => new Noted(key, number))]);
        return await Eventually.GetAsync(ListAsync, letters => letters.Count == before + keys.Length);
    }

    private async Task<IReadOnlyList<DeadLetter>> ListAsync()
    {
        await using var database = await _options!.OpenDatabaseAsync(Token);
        return await new DeadLetterAdmin(database).ListAsync(new DeadLetterFilter(), includeResolved: true, 100, Token);
    }

    private Task<int> RunAsync(params string[] args) => RunAsync(Asked.Nobody, args);

    private Task<int> RunAsync(OperatorChanges changes, params string[] args) =>
        CommandLine.RunAsync(
            new RootCommand { DeadLettersCommand.Create(changes) }, ["dead-letters", .. args, "--state", _state], Token);
}
