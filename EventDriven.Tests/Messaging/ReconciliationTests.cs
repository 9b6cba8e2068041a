using Confluent.Kafka;
using EventDriven.Messaging;
using EventDriven.Messaging.Events;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Operations.Reconciliation;
using EventDriven.Messaging.Storage.Groups;
using EventDriven.Tests.Messaging.Host;

namespace EventDriven.Tests.Messaging;

/// <summary>What was lost or doubled is found, and nothing else is (law L8): on real servers, beside running consumers.</summary>
public sealed class ReconciliationTests(Servers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>
    /// Thousands of events with parked keys among them, on instances of which one comes and goes: nothing seems lost at any moment. They go
    /// on coming, and one key's handler waits, until a report was made in their midst: a fast group would have nothing in flight.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_healthy_group_under_load_gives_no_alarm_at_any_moment(bool offsetsInDatabase)
    {
        const int Keys = 40;
        const int AtLeast = 150;
        const int AtMost = 5_000;
        var inFlightReported = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 6) with
        {
            OffsetsInDatabase = offsetsInDatabase,
            Batches = true,
            Behaviour = (context, cancellationToken) => context.Data switch
            {
                { Key: "key-7", Number: > 500 } => throw new InvalidOperationException("never"),
                { Key: "key-3", Number: > 500 } => inFlightReported.Task.WaitAsync(cancellationToken),
                _ => Task.CompletedTask,
            },
        };
        await using var stays = await NoteService.StartAsync(options, Token);
        await RegisteredAsync(options);
        var counts = new int[Keys];
        var producing = Task.Run(() => Task.WhenAll(Enumerable.Range(0, Keys).Select(key => Records.ProduceAsync(
            options.Kafka,
            options.Topic,
            Enumerable.Range(0, AtMost).TakeWhile(n => n < AtLeast || !inFlightReported.Task.IsCompleted).Select(n =>
            {
                counts[key]++;
                return Records.Of(new Noted($"key-{key}", (n * Keys) + key));
            }),
            Token))), Token);
        var comesAndGoes = Task.Run(
            async () =>
            {
                while (!producing.IsCompleted)
                {
                    await using var other = await NoteService.StartAsync(options, Token);
                    await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Token);
                }
            },
            Token);

        GroupReport report;
        do
        {
            report = await options.ReconcileAsync();
            Assert.Equal((0, false), (report.Count(EventFate.Missing), report.IsWrong));
            if (!producing.IsCompleted && report.Count(EventFate.InFlight) > 0)
            {
                inFlightReported.TrySetResult();
            }
        }
        while (!producing.IsCompleted || report.Count(EventFate.InFlight) > 0);
        await producing;
        await comesAndGoes;

        Assert.True(inFlightReported.Task.IsCompleted, "All events had come before a report was made.");
        var events = counts.Sum();
        var last = await Eventually.GetAsync(() => options.ReconcileAsync(), report => report.Count(EventFate.InFlight) == 0);
        var applied = (await stays.EffectsAsync()).Count;
        Assert.Equal((events, applied, events - applied), (last.Published, last.Count(EventFate.Handled), last.Count(EventFate.Parked)));
        Assert.Equal("key-7: never", await stays.QueryAsync(
            "SELECT string_agg(DISTINCT key || ': ' || error_message, '; ') FROM messaging.dead_letters WHERE reason = 'failed'"));
        Assert.InRange(last.Count(EventFate.Parked), 100, counts[7]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_row_that_is_gone_from_the_inbox_is_a_lost_event(bool offsetsInDatabase)
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with { OffsetsInDatabase = offsetsInDatabase };
        await using var service = await NoteService.StartAsync(options, Token);
        var lost = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString();
        await Records.ProduceAsync(
            options.Kafka,
            options.Topic,
            [Records.Of(new Noted("a", 1)), Records.Of(new Noted("b", 2), lost), Records.Of(new Noted("c", 3))],
            Token);
        await CaughtUpAsync(options, 3);

        await service.QueryAsync($"DELETE FROM messaging.inbox WHERE identity = '{EventIdentity.Of(Records.Source, lost)}'");

        var report = await options.ReconcileAsync();
        var missing = Assert.Single(report.Missing);
        Assert.Equal((lost, "b", Noted.Type, options.Topic), (missing.EventId, missing.Key, missing.Type, missing.Topic));
        Assert.Equal((3, 2, 1, true), (report.Published, report.Count(EventFate.Handled), report.Count(EventFate.Missing), report.IsWrong));
        Assert.Equal(missing.Time, report.MissingSince);

        // By the records' own times, to which a millisecond counts.
        Assert.Equal(0, (await options.ReconcileAsync(TimeSpan.Zero)).Published);
    }

    /// <summary>What a stopped group has not read is in flight; what it will never read is lost, until its position is set back.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_record_that_the_group_has_gone_past_without_reading_it_is_lost_and_what_it_has_still_to_read_is_not(
        bool offsetsInDatabase)
    {
        Assert.SkipWhen(
            !offsetsInDatabase && servers.NoKafkaLogOnDisk is not null,
            "The emulator doesn't let a group's offsets be set: set KAFKA_HOME.");
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1) with { OffsetsInDatabase = offsetsInDatabase };
        await using (await NoteService.StartAsync(options, Token))
        {
            await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("a", 1)), Records.Of(new Noted("b", 2))], Token);
            await CaughtUpAsync(options, 2);
        }

        await Records.ProduceAsync(
            options.Kafka,
            options.Topic,
            [Records.Of(new Noted("a", 3)), Records.Of(new Noted("b", 4)), Records.Of(new Noted("c", 5))],
            Token);
        var stopped = await options.ReconcileAsync();
        Assert.Equal(
            (5, 2, 3, false), (stopped.Published, stopped.Count(EventFate.Handled), stopped.Count(EventFate.InFlight), stopped.IsWrong));

        await SetPositionAsync(options, 3);
        var past = await options.ReconcileAsync();
        Assert.Equal((1, 2, true), (past.Count(EventFate.Missing), past.Count(EventFate.InFlight), past.IsWrong));
        Assert.Equal((2, "a"), (past.Missing[0].Offset, past.Missing[0].Key));

        await SetPositionAsync(options, 2);
        await using var service = await NoteService.StartAsync(options, Token);
        await CaughtUpAsync(options, 5);
    }

    [Fact]
    public async Task What_is_in_the_dead_letters_is_not_lost_also_when_it_can_not_be_read()
    {
        var broken = true;
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1) with
        {
            Behaviour = (context, _) => broken && context.Data.Key == "a"
                ? throw new InvalidOperationException("never")
                : Task.CompletedTask,
        };
        await using var service = await NoteService.StartAsync(options, Token);
        var poison = new Message<byte[], byte[]> { Key = null!, Value = [0, 255, 1] };
        await Records.ProduceAsync(
            options.Kafka,
            options.Topic,
            [Records.Of(new Noted("a", 1)), Records.Of(new Noted("a", 2)), poison, Records.Of(new Noted("b", 3))],
            Token);
        await RegisteredAsync(options);
        var parked = await Eventually.GetAsync(
            () => options.ReconcileAsync(), report => report.Count(EventFate.Parked) == 3 && report.Count(EventFate.Handled) == 1);
        Assert.Equal((4, false), (parked.Published, parked.IsWrong));

        await using var database = await options.OpenDatabaseAsync(Token);
        var deadLetters = new DeadLetterAdmin(database);
        var first = (await deadLetters.ListAsync(new DeadLetterFilter(), includeResolved: false, 10, Token))
            .MinBy(letter => letter.Offset)!;
        await deadLetters.DiscardAsync(first.Id, "never", "test", TimeProvider.System.GetUtcNow(), Token);
        Assert.Equal((1, 2), Counts(await options.ReconcileAsync(), EventFate.Discarded, EventFate.Parked));

        broken = false;
        await deadLetters.RedriveAsync(new DeadLetterFilter(Key: "a"), "test", TimeProvider.System.GetUtcNow(), Token);
        await Eventually.GetAsync(() => options.ReconcileAsync(), report => Counts(report, EventFate.Handled, EventFate.Parked) == (2, 1));

        // Nothing knows the record that can't be read any more: then it is lost, and so is one that is said to be redriven.
        await CaughtUpAsync(options, 2);
        await service.QueryAsync(
            "DELETE FROM messaging.dead_letters WHERE event_id IS NULL; "
            + "DELETE FROM messaging.inbox WHERE identity IN (SELECT identity FROM messaging.dead_letters WHERE state = 'redriven')");
        var report = await options.ReconcileAsync();
        Assert.Equal([1L, 2L], report.Missing.Select(record => record.Offset));
        Assert.Null(report.Missing[1].EventId);
    }

    /// <summary>A group that was bound to a type later has passed over what was sent before.</summary>
    [Fact]
    public async Task Events_of_a_type_that_was_bound_later_count_from_then_on()
    {
        const string Later = "test.notes.number-changed.v1";
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1);
        await using var service = await NoteService.StartAsync(options, Token);
        await Records.ProduceAsync(options.Kafka, options.Topic, [Changed("before"), Records.Of(new Noted("a", 1))], Token);
        await CaughtUpAsync(options, 1);
        await service.QueryAsync(FormattableString.Invariant(
            $"INSERT INTO messaging.consumer_bindings VALUES ('{options.Group}', '{Later}', '{TimeProvider.System.GetUtcNow():O}')"));
        Assert.Equal((1, false), ((await options.ReconcileAsync()).Published, (await options.ReconcileAsync()).IsWrong));

        await Records.ProduceAsync(options.Kafka, options.Topic, [Changed("after"), Records.Of(new Noted("a", 2))], Token);

        await CaughtUpAsync(options, 2);
        var report = await options.ReconcileAsync();
        Assert.Equal((3, "after"), (report.Published, Assert.Single(report.Missing).Key));

        static Message<byte[], byte[]> Changed(string key) => KafkaBinding.Write(
            KafkaBinding.Read(Records.Of(new Noted(key, 0))).Envelope with { Type = Later }, "{}"u8.ToArray());
    }

    [Fact]
    public async Task An_event_that_stands_on_the_log_twice_is_counted_and_is_no_error()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1);
        await using var service = await NoteService.StartAsync(options, Token);
        var twice = Records.Of(new Noted("a", 1));
        await Records.ProduceAsync(options.Kafka, options.Topic, [twice, Records.Of(new Noted("a", 2)), twice], Token);

        var report = await CaughtUpAsync(options, 3);

        Assert.Equal((1, false), (report.PublishedTwice, report.IsWrong));
        Assert.Equal(2, (await service.EffectsAsync()).Count);
    }

    [Fact]
    public async Task An_effect_that_the_service_finds_twice_is_an_error()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token);
        await using var service = await NoteService.StartAsync(options, Token);
        await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("a", 1)), Records.Of(new Noted("b", 1))], Token);
        Assert.Null((await CaughtUpAsync(options, 2)).DoubledCount);
        await service.QueryAsync(
            $"""
            CREATE VIEW doubled_effects ("group", event_id, key, detail) AS
            SELECT '{options.Group}', NULL::uuid, key, format('%s noted %s times', number, count(*)) FROM effects GROUP BY key, number
                HAVING count(*) > 1
            """);
        Assert.Equal((0L, false), ((await options.ReconcileAsync()).DoubledCount, (await options.ReconcileAsync()).IsWrong));

        await service.QueryAsync("INSERT INTO effects (key, number) SELECT key, number FROM effects WHERE key = 'b'");

        var report = await options.ReconcileAsync();
        Assert.Equal((1L, true, 0L), (report.DoubledCount, report.IsWrong, report.Count(EventFate.Missing)));
        Assert.Equal(new DoubledEffect(null, "b", "1 noted 2 times"), Assert.Single(report.DoubledEffects));
    }

    private static (long First, long Second) Counts(GroupReport report, EventFate first, EventFate second) =>
        (report.Count(first), report.Count(second));

    private static async Task<GroupReport> CaughtUpAsync(NoteServiceOptions options, int handled)
    {
        await RegisteredAsync(options);
        var report = await Eventually.GetAsync(() => options.ReconcileAsync(), report => report.Count(EventFate.Handled) == handled);

        // Positions are stored a little later than events are handled.
        await using var database = await options.OpenDatabaseAsync(Token);
        var group = Assert.Single(await new GroupAdmin(database).ListAsync(Token));
        using var admin = KafkaAdmin.Open(KafkaSettings.Parse(options.Kafka));
        var bounds = await PartitionBounds.ReadAsync(admin.Client, group.Topics, Token);
        await Eventually.TrueAsync(async () =>
        {
            var positions = await GroupPositions.ReadAsync(admin, database, group, [.. bounds.Keys], Token);
            return bounds.All(bound => bound.Value.High == 0 || positions.GetValueOrDefault(bound.Key) == bound.Value.High);
        });
        return report;
    }

    private static async Task RegisteredAsync(NoteServiceOptions options)
    {
        await using var database = await options.OpenDatabaseAsync(Token);
        await Eventually.TrueAsync(async () => (await new GroupAdmin(database).ListAsync(Token)).Count == 1);
    }

    private static async Task SetPositionAsync(NoteServiceOptions options, long position)
    {
        await using var database = await options.OpenDatabaseAsync(Token);
        var group = Assert.Single(await new GroupAdmin(database).ListAsync(Token));
        using var admin = KafkaAdmin.Open(KafkaSettings.Parse(options.Kafka));
        var deadLetters = new GroupAdmin(database);
        await deadLetters.PauseAsync(group.Name, TimeSpan.FromMinutes(1), "test", Token);
        await GroupPositions.SetAsync(
            admin, database, group, new Dictionary<TopicPartition, long> { [new TopicPartition(options.Topic, 0)] = position }, Token);
        await deadLetters.ResumeAsync(group.Name, Token);
    }
}
