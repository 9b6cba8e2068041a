using Confluent.Kafka;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Operations.Logs;
using EventDriven.Messaging.Operations.Replay;
using EventDriven.Messaging.Storage.Groups;
using EventDriven.Tests.Messaging.Host;
using Npgsql;

namespace EventDriven.Tests.Messaging.Replay;

/// <summary>Groups that are set back on their log (law L10).</summary>
public sealed class GroupReplayTests(Servers servers)
{
    private const int Events = 60;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_replay_of_the_whole_log_changes_no_table(bool offsetsInDatabase)
    {
        Assert.SkipWhen(servers.NoKafkaLogOnDisk is not null, "The emulator can't tell who is in a group.");
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with { OffsetsInDatabase = offsetsInDatabase };
        await using var one = await NoteService.StartAsync(options, Token);
        await using var two = await NoteService.StartAsync(options with { Publishes = false }, Token);
        await ProduceAsync(options);
        await Eventually.GetAsync(one.EffectsAsync, effects => effects.Count == Events);
        await using var bench = await Bench.OpenAsync(options);
        await bench.CaughtUpAsync();
        var before = await TableContents.ReadAsync(bench.Database, Token);

        var plan = await bench.PlanAsync(LogPosition.Beginning);
        Assert.Equal(Events, plan.Sum(partition => partition.Events));
        var counts = new List<long>();
        await bench.Replay.RunAsync(plan, "a test", counts.Add, _ => { }, Token);

        Assert.Equal(Events, counts[^1]);
        Assert.NotEmpty(before["public.effects"]);
        Assert.Equal(before, await TableContents.ReadAsync(bench.Database, Token));

        // And it reads on.
        await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("later", 1))], Token);
        await Eventually.GetAsync(one.EffectsAsync, effects => effects.Count == Events + 1);
    }

    [Fact]
    public async Task What_a_restored_database_has_lost_is_applied_again_though_Redis_remembers_it()
    {
        Assert.SkipWhen(servers.NoKafkaLogOnDisk is not null, "The emulator can't tell who is in a group.");
        var options = await NoteServiceOptions.CreateAsync(servers, Token);
        await using var service = await NoteService.StartAsync(options, Token);
        await ProduceAsync(options);
        await Eventually.GetAsync(service.EffectsAsync, effects => effects.Count == Events);
        await using var bench = await Bench.OpenAsync(options);
        await bench.CaughtUpAsync();

        // The second time from the same backup: what was noted after the first replay must not count either.
        for (var restore = 0; restore < 2; restore++)
        {
            await bench.ExecuteAsync("DELETE FROM messaging.inbox; DELETE FROM effects; UPDATE messaging.consumer_groups SET replays = 0");
            await bench.Replay.RunAsync(await bench.PlanAsync(LogPosition.Beginning), "a test", _ => { }, _ => { }, Token);
        }

        var effects = await service.EffectsAsync();
        Assert.Equal(Events, effects.Count);
        Assert.All(effects.GroupBy(e => e.Key), key => Assert.Equal(key.Select(e => e.Number).Order(), key.Select(e => e.Number)));
    }

    [Fact]
    public async Task A_pause_ends_also_when_the_session_that_began_it_was_ended()
    {
        Assert.SkipWhen(servers.NoKafkaLogOnDisk is not null, "The emulator can't tell who is in a group.");
        var options = await NoteServiceOptions.CreateAsync(servers, Token);
        await using var service = await NoteService.StartAsync(options, Token);
        await using var bench = await Bench.OpenAsync(options);
        await using var other = await options.OpenDatabaseAsync(Token);
        var paused = await PausedGroup.BeginAsync(
            bench.Kafka.Client, bench.Database, bench.Group.Name, "a test", _ => { }, TimeProvider.System, Token);
        Assert.Equal("a test", (await new GroupAdmin(other).ActivityAsync(Token))[bench.Group.Name].PausedBy);

        await using (var end = new NpgsqlCommand("SELECT pg_terminate_backend($1)", other))
        {
            end.Parameters.Add(new() { Value = bench.Database.ProcessID });
            await end.ExecuteNonQueryAsync(Token);
        }

        await paused.DisposeAsync();

        Assert.Null((await new GroupAdmin(other).ActivityAsync(Token))[bench.Group.Name].PausedBy);
        Assert.True(await new GroupAdmin(other).TryClaimAsync(Token));
    }

    [Fact]
    public async Task Two_replays_at_once_are_refused()
    {
        Assert.SkipWhen(servers.NoKafkaLogOnDisk is not null, "The emulator can't tell who is in a group.");
        var options = await NoteServiceOptions.CreateAsync(servers, Token);
        await using var service = await NoteService.StartAsync(options, Token);
        await ProduceAsync(options);
        await Eventually.GetAsync(service.EffectsAsync, effects => effects.Count == Events);
        await using var one = await Bench.OpenAsync(options);
        await using var two = await Bench.OpenAsync(options);
        await one.CaughtUpAsync();
        var plan = await one.PlanAsync(LogPosition.Beginning);

        var outcomes = await Task.WhenAll(
            Record.ExceptionAsync(() => one.Replay.RunAsync(plan, "a test", _ => { }, _ => { }, Token)).AsTask(),
            Record.ExceptionAsync(() => two.Replay.RunAsync(plan, "another", _ => { }, _ => { }, Token)).AsTask());

        Assert.IsType<ReplayRefusedException>(Assert.Single(outcomes, outcome => outcome is not null));
        Assert.Equal(Events, (await service.EffectsAsync()).Count);
    }

    [Fact]
    public async Task A_replay_ends_where_it_is_told_to_and_the_group_stands_where_it_stood()
    {
        Assert.SkipWhen(servers.NoKafkaLogOnDisk is not null, "The emulator can't tell who is in a group.");
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1);
        await using var service = await NoteService.StartAsync(options, Token);
        await ProduceAsync(options);
        await Eventually.GetAsync(service.EffectsAsync, effects => effects.Count == Events);
        await using var bench = await Bench.OpenAsync(options);
        await bench.CaughtUpAsync();
        await bench.ExecuteAsync("DELETE FROM messaging.inbox; DELETE FROM effects");

        // One event at a time could be seen beyond the end before the group is stopped: then it would be applied once, as ever.
        var plan = await bench.PlanAsync(LogPosition.At(10), LogPosition.At(20));
        Assert.Equal(new ReplayPartition(options.Topic, 0, 10, 20, Events), Assert.Single(plan));
        await bench.Replay.RunAsync(plan, "a test", _ => { }, _ => { }, Token);

        var numbers = (await service.EffectsAsync()).ConvertAll(e => e.Number);
        Assert.Equal(numbers.Distinct().Count(), numbers.Count);
        Assert.Superset(Enumerable.Range(10, 10).ToHashSet(), numbers.ToHashSet());
        Assert.DoesNotContain(numbers, number => number < 10);
        await bench.CaughtUpAsync();
    }

    [Fact]
    public async Task A_replay_of_a_parked_key_keeps_its_order_and_applies_each_event_once()
    {
        Assert.SkipWhen(servers.NoKafkaLogOnDisk is not null, "The emulator can't tell who is in a group.");
        var fails = true;
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with
        {
            Behaviour = (context, _) => context.Data.Number == 2 && Volatile.Read(ref fails)
                ? throw new InvalidOperationException("not yet")
                : Task.CompletedTask,
        };
        await using var service = await NoteService.StartAsync(options, Token);
        await Records.ProduceAsync(
            options.Kafka, options.Topic, [.. Enumerable.Range(1, 4).Select(n => Records.Of(new Noted("a", n)))], Token);
        await using var bench = await Bench.OpenAsync(options);
        var deadLetters = new DeadLetterAdmin(bench.Database);
        await Eventually.GetAsync(
            () => deadLetters.ListAsync(new DeadLetterFilter(), includeResolved: false, 10, Token), letters => letters.Count == 3);
        await bench.CaughtUpAsync();

        await bench.Replay.RunAsync(await bench.PlanAsync(LogPosition.Beginning), "a test", _ => { }, _ => { }, Token);
        Volatile.Write(ref fails, false);
        await deadLetters.RedriveAsync(new DeadLetterFilter(Key: "a"), "a test", TimeProvider.System.GetUtcNow(), Token);

        await Eventually.GetAsync(
            () => deadLetters.ListAsync(new DeadLetterFilter(), includeResolved: false, 10, Token), letters => letters.Count == 0);
        Assert.Equal([1, 2, 3, 4], (await service.EffectsAsync()).Select(e => e.Number));
    }

    [Fact]
    public async Task What_the_inbox_may_have_forgotten_is_refused_unless_effects_are_allowed()
    {
        Assert.SkipWhen(servers.NoKafkaLogOnDisk is not null, "The emulator doesn't look events up by time.");
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1);
        await using var service = await NoteService.StartAsync(options, Token);
        var old = Records.Of(new Noted("a", 1));
        old.Timestamp = new Timestamp(TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(16));
        await Records.ProduceAsync(options.Kafka, options.Topic, [old, Records.Of(new Noted("a", 2))], Token);
        await Eventually.GetAsync(service.EffectsAsync, effects => effects.Count == 2);
        await using var bench = await Bench.OpenAsync(options);
        await bench.CaughtUpAsync();

        var refused = await Assert.ThrowsAsync<ReplayRefusedException>(() => bench.PlanAsync(LogPosition.Beginning));
        Assert.Contains("remembers 15 days", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--allow-effects", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await bench.PlanAsync(LogPosition.At(1))).Sum(partition => partition.Events));
        Assert.Equal(
            2,
            (await bench.Replay.PlanAsync(LogPosition.Beginning, until: null, topic: null, allowEffects: true, Token)).Sum(p => p.Events));
        await Assert.ThrowsAsync<ReplayRefusedException>(() =>
            bench.Replay.PlanAsync(LogPosition.Beginning, null, "another.v1", allowEffects: true, Token));
    }

    /// <summary>A position may stand behind a marker, which no group is given again.</summary>
    [Fact]
    public async Task A_replay_to_a_position_behind_a_marker_of_a_transaction_ends()
    {
        Assert.SkipWhen(servers.NoKafkaLogOnDisk is not null, "The emulator can't tell who is in a group.");
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1) with { OffsetsInDatabase = true };
        await using var service = await NoteService.StartAsync(options, Token);
        using var producer = new TransactionalRecords(options.Kafka, options.Topic);
        producer.Commit(Records.Of(new Noted("a", 1)), Records.Of(new Noted("b", 2)));
        await Eventually.GetAsync(service.EffectsAsync, effects => effects.Count == 2);
        await using var bench = await Bench.OpenAsync(options);
        await bench.ExecuteAsync("UPDATE messaging.consumer_offsets SET next_offset = 3");
        var plan = await bench.PlanAsync(LogPosition.Beginning);
        Assert.Equal(3, Assert.Single(plan).Until);

        await bench.Replay.RunAsync(plan, "a test", _ => { }, _ => { }, Token)
            .WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System, Token);

        Assert.Equal(2, (await service.EffectsAsync()).Count);
    }

    [Fact]
    public async Task A_group_whose_service_is_stopped_is_set_back_and_that_nobody_reads_is_said_within_10_s()
    {
        Assert.SkipWhen(servers.NoKafkaLogOnDisk is not null, "The emulator can't tell who is in a group.");
        var options = await NoteServiceOptions.CreateAsync(servers, Token);
        await using (var service = await NoteService.StartAsync(options, Token))
        {
            await ProduceAsync(options);
            await Eventually.GetAsync(service.EffectsAsync, effects => effects.Count == Events);
        }

        await using var bench = await Bench.OpenAsync(options);
        await bench.CaughtUpAsync();
        await bench.ExecuteAsync("DELETE FROM messaging.inbox; DELETE FROM effects");
        var (told, begun) = (new List<string>(), TimeProvider.System.GetTimestamp());

        var ended = await Assert.ThrowsAsync<TimeoutException>(
            async () => await bench.Replay.RunAsync(await bench.PlanAsync(LogPosition.Beginning), "a test", _ => { }, told.Add, Token));

        Assert.InRange(TimeProvider.System.GetElapsedTime(begun), TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Contains("has no member", Assert.Single(told), StringComparison.Ordinal);
        Assert.Contains("was set back, but has no member", ended.Message, StringComparison.Ordinal);
        await using var next = await NoteService.StartAsync(options, Token);
        await Eventually.GetAsync(next.EffectsAsync, effects => effects.Count == Events);
    }

    [Fact]
    public async Task A_member_that_does_not_leave_is_named_within_10_s_and_nothing_is_changed()
    {
        Assert.SkipWhen(servers.NoKafkaLogOnDisk is not null, "The emulator can't tell who is in a group.");
        var options = await NoteServiceOptions.CreateAsync(servers, Token);
        await using (var service = await NoteService.StartAsync(options, Token))
        {
            await ProduceAsync(options);
            await Eventually.GetAsync(service.EffectsAsync, effects => effects.Count == Events);
        }

        await using var bench = await Bench.OpenAsync(options);
        await bench.CaughtUpAsync();
        using var deaf = new ConsumerBuilder<byte[], byte[]>(
            new ConsumerConfig
            {
                BootstrapServers = options.Kafka,
                GroupId = options.Group,
                ClientId = "deaf",
                EnableAutoCommit = false,
            }).Build();
        deaf.Subscribe(options.Topic);
        await Eventually.TrueAsync(() => deaf.Consume(TimeSpan.FromMilliseconds(100)) is null && deaf.Assignment.Count > 0);
        var plan = await bench.PlanAsync(LogPosition.Beginning);
        var told = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var replaying = bench.Replay.RunAsync(plan, "a test", _ => { }, line => told.TrySetResult(line), stop.Token);
        var line = await told.Task.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, Token);
        await stop.CancelAsync();

        Assert.Contains("1 member(s) have not left it: deaf at ", line, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => replaying);
        Assert.Equal(plan, await bench.PlanAsync(LogPosition.Beginning));
        await bench.CaughtUpAsync();
    }

    private static Task ProduceAsync(NoteServiceOptions options) =>
        Records.ProduceAsync(
            options.Kafka, options.Topic, Enumerable.Range(0, Events).Select(n => Records.Of(new Noted($"{n % 7}", n))), Token);

    /// <summary>What an operator has.</summary>
    private sealed class Bench(KafkaCluster kafka, NpgsqlConnection database, RegisteredGroup group) : IAsyncDisposable
    {
        public KafkaCluster Kafka => kafka;

        public RegisteredGroup Group => group;

        public NpgsqlConnection Database => database;

        public GroupReplay Replay { get; } = new(kafka, database, group, TimeProvider.System);

        public static async Task<Bench> OpenAsync(NoteServiceOptions options)
        {
            var database = await options.OpenDatabaseAsync(Token);
            var groups = await Eventually.GetAsync(() => new GroupAdmin(database).ListAsync(Token), found => found.Count > 0);
            return new Bench(new KafkaCluster(options.Kafka), database, Assert.Single(groups));
        }

        public Task<IReadOnlyList<ReplayPartition>> PlanAsync(LogPosition from, LogPosition? until = null) =>
            Replay.PlanAsync(from, until, topic: null, allowEffects: false, Token);

        /// <summary>Waits until the group stands at the end of its log.</summary>
        public Task CaughtUpAsync() => Eventually.GetAsync(
            async () =>
            {
                var bounds = await PartitionBounds.ReadAsync(kafka.Admin.Client, group.Topics, Token);
                var positions = await GroupPositions.ReadAsync(kafka.Admin, database, group, [.. bounds.Keys], Token);
                return bounds.All(b => b.Value.High == b.Value.Low || positions.GetValueOrDefault(b.Key) == b.Value.High);
            },
            caughtUp => caughtUp);

        public async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, database);
            await command.ExecuteNonQueryAsync(Token);
        }

        public async ValueTask DisposeAsync()
        {
            kafka.Dispose();
            await database.DisposeAsync();
        }
    }
}
