using Confluent.Kafka;
using Confluent.Kafka.Admin;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Storage.Groups;
using EventDriven.Tests.Messaging.Host;
using Npgsql;

namespace EventDriven.Tests.Messaging;

/// <summary>What groups tell operators, and what operators ask of them.</summary>
public sealed class GroupTests(Servers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_paused_group_is_left_by_every_instance_and_goes_on_where_its_positions_were_set(bool offsetsInDatabase)
    {
        Assert.SkipWhen(servers.NoKafkaLogOnDisk is not null, "The emulator can't tell who is in a group.");
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with { OffsetsInDatabase = offsetsInDatabase };
        await using var one = await NoteService.StartAsync(options, Token);
        await using var two = await NoteService.StartAsync(options with { Publishes = false }, Token);
        await Records.ProduceAsync(
            options.Kafka, options.Topic, Enumerable.Range(0, 30).Select(n => Records.Of(new Noted($"{n % 5}", n))), Token);
        await Eventually.GetAsync(one.EffectsAsync, effects => effects.Count == 30);

        await using var database = await options.OpenDatabaseAsync(Token);
        var deadLetters = new GroupAdmin(database);
        var group = Assert.Single(await deadLetters.ListAsync(Token));
        Assert.True(await deadLetters.PauseAsync(group.Name, TimeSpan.FromMinutes(1), "a test", Token));
        using var admin = KafkaAdmin.Open(KafkaSettings.Parse(options.Kafka));
        await Eventually.GetAsync(() => GroupMembers.CountAsync(admin.Client, group.Name, Token), members => members == 0);
        var bounds = await PartitionBounds.ReadAsync(admin.Client, group.Topics, Token);
        var positions = await GroupPositions.ReadAsync(admin, database, group, [.. bounds.Keys], Token);
        Assert.All(positions, position => Assert.Equal(bounds[position.Key].High, position.Value));

        // Past two events that come while the group is away: it never sees them.
        await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("a", 1)), Records.Of(new Noted("a", 2))], Token);
        bounds = await PartitionBounds.ReadAsync(admin.Client, group.Topics, Token);
        Assert.Equal(32, bounds.Values.Sum(b => b.High - b.Low));
        await GroupPositions.SetAsync(admin, database, group, bounds.ToDictionary(b => b.Key, b => b.Value.High), Token);
        Assert.True(await deadLetters.ResumeAsync(group.Name, Token));
        await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("a", 3))], Token);

        Assert.Equal(3, (await Eventually.GetAsync(one.EffectsAsync, effects => effects.Count > 30)).Last().Number);
        Assert.Equal(31, (await one.EffectsAsync()).Count);
    }

    /// <summary>
    /// A trigger notes a replay just after an instance has registered: what it is given then is applied though Redis remembers it.
    /// </summary>
    [Fact]
    public async Task An_instance_that_joins_while_a_replay_is_set_does_not_pass_over_what_is_replayed()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token);
        var record = Records.Of(new Noted("a", 1));
        await Records.ProduceAsync(options.Kafka, options.Topic, [record], Token);
        await using (var before = await NoteService.StartAsync(options, Token))
        {
            await Eventually.GetAsync(before.EffectsAsync, effects => effects.Count == 1);
        }

        await using var database = await options.OpenDatabaseAsync(Token);
        await using var restored = new NpgsqlCommand(
            """
            DELETE FROM messaging.inbox;
            DELETE FROM effects;
            CREATE FUNCTION note_replay() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN UPDATE messaging.consumer_groups SET replays = 1; RETURN NULL; END';
            CREATE TRIGGER replays AFTER UPDATE ON messaging.consumer_groups FOR EACH ROW WHEN (NEW.replays = 0)
                EXECUTE FUNCTION note_replay();
            """,
            database);
        await restored.ExecuteNonQueryAsync(Token);
        await Records.ProduceAsync(options.Kafka, options.Topic, [record], Token);

        await using var joining = await NoteService.StartAsync(options, Token);

        await Eventually.GetAsync(joining.EffectsAsync, effects => effects.Count == 1);
    }

    /// <summary>
    /// As in a deployment with more instances than partitions. A rebalance would wait for it until its session had timed out.
    /// </summary>
    [Fact]
    public async Task An_instance_without_partitions_leaves_its_group_when_it_stops()
    {
        Assert.SkipWhen(servers.NoKafkaLogOnDisk is not null, "The emulator can't tell who is in a group.");
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1);
        using var admin = KafkaAdmin.Open(KafkaSettings.Parse(options.Kafka));
        await using var owner = await NoteService.StartAsync(options, Token);
        await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("a", 1))], Token);
        await Eventually.GetAsync(owner.EffectsAsync, effects => effects.Count == 1);
        await using (await NoteService.StartAsync(options with { Publishes = false }, Token))
        {
            await Eventually.GetAsync(DescribeAsync, found => found is { State: ConsumerGroupState.Stable, Members.Count: 2 });
        }

        Assert.Single((await DescribeAsync()).Members);

        async Task<ConsumerGroupDescription> DescribeAsync()
        {
            var bound = new DescribeConsumerGroupsOptions { RequestTimeout = PartitionBounds.RequestTimeout };
            return Assert.Single((await admin.Client.DescribeConsumerGroupsAsync([options.Group], bound)).ConsumerGroupDescriptions);
        }
    }

    /// <summary>So that it can be told since when nobody reads for a group, whichever way its service ended.</summary>
    [Fact]
    public async Task An_instance_leaves_word_while_it_reads_and_not_after()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token);
        await using var database = await options.OpenDatabaseAsync(Token);
        var deadLetters = new GroupAdmin(database);
        await using (await NoteService.StartAsync(options, Token))
        {
            await Eventually.TrueAsync(async () => await ActivityAsync() is { IsSeen: true, PausedBy: null });
            await LongAgoAsync();
            await Eventually.TrueAsync(async () => await ActivityAsync() is { IsSeen: true });

            // An instance that pauses doesn't read.
            Assert.True(await deadLetters.PauseAsync(options.Group!, TimeSpan.FromMinutes(1), "a test", Token));
            await Eventually.TrueAsync(async () =>
            {
                await LongAgoAsync();
                return await ActivityAsync() is { IsSeen: false, PausedBy: "a test" };
            });
        }

        await LongAgoAsync();
        Assert.InRange((await ActivityAsync())!.SinceSeen!.Value, TimeSpan.FromHours(1), TimeSpan.FromHours(2));

        async Task<GroupActivity?> ActivityAsync() => (await deadLetters.ActivityAsync(Token)).GetValueOrDefault(options.Group!);

        async Task LongAgoAsync()
        {
            await using var command = new NpgsqlCommand(
                "UPDATE messaging.consumer_groups SET last_seen_at = now() - interval '1 hour'", database);
            await command.ExecuteNonQueryAsync(Token);
        }
    }

    [Fact]
    public async Task An_idle_group_writes_seldom_that_it_is_there()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token);
        await using var one = new TestDatabase(TestDatabaseOptions.For(options.Database));
        await using var database = await options.OpenDatabaseAsync(Token);
        await GroupTable.RegisterAsync(one, Group(TimeProvider.System.GetUtcNow()), ["a"], started: TimeProvider.System.GetUtcNow(), Token);

        await GroupTable.PausedByAsync(one, "notes", isReading: true, Token);
        var written = await RowAsync();
        await GroupTable.PausedByAsync(one, "notes", isReading: true, Token);

        Assert.Equal(written, await RowAsync());

        // Where the row stands: each write is another place.
        async Task<object?> RowAsync()
        {
            await using var command = new NpgsqlCommand("SELECT ctid::text || last_seen_at::text FROM messaging.consumer_groups", database);
            return await command.ExecuteScalarAsync(Token);
        }
    }

    [Fact]
    public async Task Members_of_every_group_are_counted_in_one_request_and_unknown_where_the_cluster_cant_tell()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token);
        using var admin = KafkaAdmin.Open(KafkaSettings.Parse(options.Kafka));
        await using var one = await NoteService.StartAsync(options, Token);
        await using var two = await NoteService.StartAsync(options with { Publishes = false }, Token);

        if (servers.NoKafkaLogOnDisk is not null)
        {
            Assert.Null(await GroupMembers.CountAllAsync(admin.Client, Token));
            return;
        }

        await Eventually.GetAsync(
            () => GroupMembers.CountAllAsync(admin.Client, Token), all => all?.GetValueOrDefault(options.Group!) == 2);
    }

    [Fact]
    public async Task A_pause_ends_by_itself()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token);
        await using var service = await NoteService.StartAsync(options, Token);
        await using var database = await options.OpenDatabaseAsync(Token);
        var deadLetters = new GroupAdmin(database);
        await Eventually.GetAsync(async () => await deadLetters.ListAsync(Token), groups => groups.Count == 1);

        Assert.True(await deadLetters.PauseAsync(options.Group!, TimeSpan.FromSeconds(2), "a test", Token));
        Assert.False(await deadLetters.PauseAsync("no such group", TimeSpan.FromSeconds(2), "a test", Token));
        await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("a", 1))], Token);

        Assert.Single(await Eventually.GetAsync(service.EffectsAsync, effects => effects.Count > 0));
    }

    [Fact]
    public async Task A_type_that_is_bound_later_is_registered_with_its_time_and_one_that_is_unbound_is_forgotten()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token);
        await using var context = new TestDatabase(TestDatabaseOptions.For(options.Database));
        await using var database = await options.OpenDatabaseAsync(Token);
        var (first, second) = (
            new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2030, 1, 2, 0, 0, 0, TimeSpan.Zero));

        await GroupTable.RegisterAsync(context, Group(first), ["a", "b"], started: first, Token);
        await GroupTable.RegisterAsync(context, Group(second), ["b", "c"], started: second, Token);

        var group = Assert.Single(await new GroupAdmin(database).ListAsync(Token));
        Assert.Equal(
            ("notes", "cluster", false, TimeSpan.FromDays(10)), (group.Name, group.Cluster, group.OffsetsInDatabase, group.InboxRetention));
        Assert.Equal(["topic"], group.Topics);
        Assert.Equal(
            [("b", DateTimeOffset.MinValue), ("c", second)],
            group.EventTypes.OrderBy(type => type.Key).Select(type => (type.Key, type.Value)));
    }

    /// <summary>
    /// In a rolling deployment. With a later time for what is bound anew, reconciliation would leave out what was passed over before.
    /// </summary>
    [Fact]
    public async Task An_old_instance_that_begins_anew_leaves_the_bindings_of_a_newer_version_and_a_later_one_forgets_them()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token);
        await using var context = new TestDatabase(TestDatabaseOptions.For(options.Database));
        await using var database = await options.OpenDatabaseAsync(Token);
        var old = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var newer = old.AddDays(1);
        await GroupTable.RegisterAsync(context, Group(old), ["a"], started: old, Token);
        await GroupTable.RegisterAsync(context, Group(newer), ["a", "b"], started: newer, Token);

        await GroupTable.RegisterAsync(context, Group(newer.AddHours(1)), ["a"], started: old, Token);
        Assert.Equal(newer, Assert.Single(await new GroupAdmin(database).ListAsync(Token)).EventTypes["b"]);

        await GroupTable.RegisterAsync(context, Group(newer.AddHours(2)), ["a"], started: newer.AddHours(2), Token);
        Assert.Equal(["a"], Assert.Single(await new GroupAdmin(database).ListAsync(Token)).EventTypes.Keys);
    }

    private static RegisteredConsumerGroup Group(DateTimeOffset startedAt) => new()
    {
        Group = "notes",
        Cluster = "cluster",
        Topics = ["topic"],
        OffsetsInDatabase = false,
        InboxRetentionDays = 10,
        StartedAt = startedAt,
    };
}
