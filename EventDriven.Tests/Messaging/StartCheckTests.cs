using System.Text.Json;
using EventDriven.Tests.Messaging.Host;
using EventDriven.Tests.Services;
using Npgsql;

namespace EventDriven.Tests.Messaging;

/// <summary>What was forgotten is told at start, with the words to write, instead of showing as something else later.</summary>
public sealed class StartCheckTests(Servers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("DROP TRIGGER outbox_order ON messaging.outbox", "CREATE TRIGGER outbox_order BEFORE INSERT ON messaging.outbox")]
    [InlineData("ALTER TABLE messaging.outbox DISABLE TRIGGER outbox_order", "ALTER TABLE messaging.outbox ENABLE TRIGGER outbox_order;")]
    [InlineData(
        "ALTER TABLE messaging.outbox ENABLE REPLICA TRIGGER outbox_order", "ALTER TABLE messaging.outbox ENABLE TRIGGER outbox_order;")]
    public async Task A_service_whose_outbox_has_no_order_does_not_start_and_says_what_to_run(string change, string words)
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token);
        await ExecuteAsync(options, change);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => NoteService.StartAsync(options, Token));

        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trigger_that_always_fires_is_as_good()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token);
        await ExecuteAsync(options, "ALTER TABLE messaging.outbox ENABLE ALWAYS TRIGGER outbox_order");

        await using var service = await NoteService.StartAsync(options, Token);
    }

    [Fact]
    public async Task A_service_that_only_reads_needs_no_order_of_an_outbox()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with { Publishes = false };
        await ExecuteAsync(options, "DROP TRIGGER outbox_order ON messaging.outbox");

        await using var service = await NoteService.StartAsync(options, Token);
    }

    /// <summary>As the relay waits for it.</summary>
    [Fact]
    public async Task A_database_that_is_away_is_waited_for_and_its_tables_are_installed_when_it_answers()
    {
        var log = new LoggedLines();
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with { Log = log };
        await ExecuteAsync(options, "DROP SCHEMA messaging CASCADE");
        var back = await AwayAsync(options);
        await using var service = await NoteService.StartAsync(options, Token);
        await Eventually.TrueAsync(() => log.Lines.Any(line => line.Contains("can't be installed yet", StringComparison.Ordinal)));

        await back();

        await Eventually.TrueAsync(() => log.Lines.Any(line => line.Contains("is installed", StringComparison.Ordinal)));
        await service.AnnounceAsync(Token, new Noted("a", 1));
        await Eventually.GetAsync(service.EffectsAsync, effects => effects.Count == 1);
    }

    /// <summary>Should it be unfit then, the service stops.</summary>
    [Fact]
    public async Task A_database_that_was_away_is_checked_when_it_answers()
    {
        var log = new LoggedLines();
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with { Log = log };
        await ExecuteAsync(options, "DROP TRIGGER outbox_order ON messaging.outbox");
        var back = await AwayAsync(options);
        await using var service = await NoteService.StartAsync(options, Token);

        await back();

        await Eventually.TrueAsync(() => log.Lines.Any(line => line.Contains("CREATE TRIGGER outbox_order", StringComparison.Ordinal)));
        await service.Stopping;
    }

    [Fact]
    public async Task A_topic_that_does_not_exist_is_told_with_the_words_to_write_and_degrades_the_service_until_it_does()
    {
        var log = new LoggedLines();
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with
        {
            Topic = Servers.NewTopicName(),
            OtherTopic = Servers.NewTopicName(),
            Log = log,
            ServesHttp = true,
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Messaging:Lag:PollInterval"] = "00:00:00.100" },
        };
        await using var service = await NoteService.StartAsync(options, Token);
        await service.AnnounceAsync(Token, new Noted("a", 1));

        var check = await Eventually.GetAsync(() => TopicsAsync(service), answer => answer.Status == "degraded");
        Assert.Contains(
            $"Topic '{options.Topic}' does not exist on the broker, or this service may not see it: its events wait in the outbox",
            check.Description,
            StringComparison.Ordinal);
        Assert.Contains(
            $"Topic '{options.OtherTopic}' does not exist on the broker, or this service may not see it: "
            + $"group '{options.Group}' has nothing to read there",
            check.Description,
            StringComparison.Ordinal);
        Assert.All([options.Topic, options.OtherTopic], topic => Assert.Single(
            log.Lines,
            line => line.StartsWith($"Topic '{topic}' does not exist", StringComparison.Ordinal)
                && line.Contains("kafka-topics.sh --create", StringComparison.Ordinal)));

        await servers.CreateTopicAsync(options.Topic, 3, Token);
        await servers.CreateTopicAsync(options.OtherTopic, 3, Token);
        await Eventually.GetAsync(() => TopicsAsync(service), answer => answer.Status == "healthy");
        await Eventually.GetAsync(service.EffectsAsync, effects => effects.Count == 1);
    }

    [Fact]
    public async Task A_topic_that_outlives_the_inbox_is_told_with_the_words_to_write_and_degrades_the_service()
    {
        Assert.SkipWhen(servers.NoKafkaLogOnDisk is not null, "The emulator keeps no retention.");
        var log = new LoggedLines();
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with { Log = log, ServesHttp = true };
        await servers.ConfigureTopicAsync(options.Topic, "retention.ms", $"{TimeSpan.FromDays(30).TotalMilliseconds}", Token);
        await using var service = await NoteService.StartAsync(options, Token);

        var check = await Eventually.GetAsync(() => TopicsAsync(service), answer => answer.Status == "degraded");

        Assert.Contains(
            $"Topic '{options.Topic}' keeps an event for up to 37 days (retention.ms plus segment.ms), but the "
            + "inbox remembers it for only 15",
            check.Description,
            StringComparison.Ordinal);
        Assert.Contains("Set Messaging:Consumer:InboxRetention to 37.00:00:00", check.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_is_away_keeps_no_service_from_starting_and_is_no_missing_topic()
    {
        var log = new LoggedLines();
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with { Kafka = "127.0.0.1:1", Log = log, ServesHttp = true };
        await using var service = await NoteService.StartAsync(options, Token);
        await service.AnnounceAsync(Token, new Noted("a", 1));

        Assert.Equal(1, await service.OutboxDepthAsync());
        Assert.Equal("healthy", (await TopicsAsync(service)).Status);
        Assert.DoesNotContain(log.Lines, line => line.Contains("does not exist", StringComparison.Ordinal));
    }

    private static async Task<(string? Status, string? Description)> TopicsAsync(NoteService service)
    {
        using var answer = await service.Http.GetAsync("/health", Token);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
        var check = json.RootElement.GetProperty("checks").GetProperty("topics");
        return (check.GetProperty("status").GetString(), check.GetProperty("description").GetString());
    }

    /// <summary>Takes the service's database away; returns what brings it back.</summary>
    private static async Task<Func<Task>> AwayAsync(NoteServiceOptions options)
    {
        var name = new NpgsqlConnectionStringBuilder(options.Database).Database;
        await ExecuteAsync(options, $"ALTER DATABASE {name} RENAME TO {name}_away", database: "postgres");
        return () => ExecuteAsync(options, $"ALTER DATABASE {name}_away RENAME TO {name}", database: "postgres");
    }

    private static async Task ExecuteAsync(NoteServiceOptions options, string sql, string? database = null)
    {
        var settings = new NpgsqlConnectionStringBuilder(options.Database) { Pooling = false };
        settings.Database = database ?? settings.Database;
        await using (var pooled = new NpgsqlConnection(options.Database))
        {
            NpgsqlConnection.ClearPool(pooled);
        }

        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }
}
