using System.Text;
using Confluent.Kafka;
using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Storage.DeadLetters;
using EventDriven.Tests.Messaging.Host;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventDriven.Tests.Messaging.Privacy;

/// <summary>Personal data is sealed on the log, and only who may read it does, on real servers.</summary>
public sealed class PersonalDataTests(Servers servers)
{
    private const string Ada = "ada";
    private const string Email = "ada.lovelace@example.org";

    private readonly TestKeys _keys = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reader_gets_plain_values_others_null_and_the_log_has_neither()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1);
        await using var reader = await GreetingService.StartAsync(options, _keys, publishes: _keys);
        await using var other = await GreetingService.StartAsync(await OtherGroupAsync(options), keys: null);

        await reader.GreetAsync(new GreetedPerson(Ada, 1, Email));

        Assert.Equal(new PersonGreeted(Ada, 1, Email), Assert.Single(await reader.ReadAsync(1)));
        Assert.Equal(new PersonGreeted(Ada, 1, null), Assert.Single(await other.ReadAsync(1)));
        var record = Assert.Single(await RecordsAsync(options.Topic, 1));
        Assert.Contains(Ada, record, StringComparison.Ordinal);
        Assert.DoesNotContain("lovelace", record, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_destroyed_key_reads_null_for_whoever_comes_later_and_other_people_stay()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1);
        await using var producer = await GreetingService.StartAsync(options with { Group = null }, keys: null, publishes: _keys);
        await producer.GreetAsync(new GreetedPerson(Ada, 1, Email), new GreetedPerson("eve", 2, "eve@example.org"));
        _keys.Destroy(Ada);
        await producer.GreetAsync(new GreetedPerson(Ada, 3, "ada.again@example.org"));

        await using var reader = await GreetingService.StartAsync(await OtherGroupAsync(options), _keys);

        Assert.Equal(
            [
                new PersonGreeted(Ada, 1, null),
                new PersonGreeted("eve", 2, "eve@example.org"),
                new PersonGreeted(Ada, 3, "ada.again@example.org"),
            ],
            await reader.ReadAsync(3));
    }

    /// <summary>
    /// Away or refusing: nothing is read as null meanwhile, nothing is a dead letter, the order is kept (law L5), and the service says so.
    /// </summary>
    [Fact]
    public async Task While_the_keys_cannot_be_had_events_wait_in_order_and_no_attempt_is_counted()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1);
        _keys.Before = _ => throw new HttpRequestException("403 (Forbidden)");
        await using var service = await GreetingService.StartAsync(options, _keys, publishes: _keys);
        await service.GreetAsync([.. Enumerable.Range(1, 5).Select(number => new GreetedPerson(Ada, number, Email))]);

        // More often than an event is tried at most.
        await Eventually.TrueAsync(() => _keys.Fetched > 5);
        Assert.Empty(service.Notes.Read);
        var health = await service.KeysHealthAsync();
        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.Contains("403 (Forbidden)", health.Description!, StringComparison.Ordinal);
        _keys.Before = _ => Task.CompletedTask;

        var read = await service.ReadAsync(5);
        Assert.Equal([1, 2, 3, 4, 5], read.Select(greeted => greeted.Number));
        Assert.All(read, greeted => Assert.Equal(Email, greeted.Email));
        Assert.Equal(HealthStatus.Healthy, (await service.KeysHealthAsync()).Status);
        await using var database = await options.OpenDatabaseAsync(Token);
        Assert.Empty(await new DeadLetterAdmin(database).ListAsync(new DeadLetterFilter(), includeResolved: false, 10, Token));
    }

    [Fact]
    public async Task A_dead_letter_is_kept_sealed_and_redriven()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1);
        await using var service = await GreetingService.StartAsync(options, _keys, publishes: _keys);
        service.Notes.Fails = true;
        await service.GreetAsync(new GreetedPerson(Ada, 1, Email));
        await using var database = await options.OpenDatabaseAsync(Token);
        var admin = new DeadLetterAdmin(database);

        var parked = Assert.Single(await Eventually.GetAsync(
            () => admin.ListAsync(new DeadLetterFilter(), includeResolved: false, 10, Token), letters => letters.Count == 1));
        Assert.Equal(DeadLetterReason.Failed, parked.Reason);
        await using var stored = new Npgsql.NpgsqlCommand("SELECT data FROM messaging.dead_letters", database);
        var bytes = (byte[])(await stored.ExecuteScalarAsync(Token))!;
        Assert.DoesNotContain("lovelace", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);

        service.Notes.Fails = false;
        await admin.RedriveAsync(new DeadLetterFilter(), "test", TimeProvider.System.GetUtcNow(), Token);
        Assert.Equal(Email, Assert.Single(await service.ReadAsync(1)).Email);
    }

    [Fact]
    public async Task Both_major_versions_of_a_fact_are_sealed()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1);
        var next = await servers.CreateTopicAsync(1, Token);
        await using var producer = await GreetingService.StartAsync(
            options with { Group = null, AlsoPublishesTo = next }, keys: null, publishes: _keys);

        await producer.GreetAsync(new GreetedPerson(Ada, 1, Email));

        foreach (var topic in (string[])[options.Topic, next])
        {
            var record = Assert.Single(await RecordsAsync(topic, 1));
            Assert.Contains("\"pd1.", record, StringComparison.Ordinal);
            Assert.DoesNotContain("lovelace", record, StringComparison.Ordinal);
        }
    }

    private async Task<NoteServiceOptions> OtherGroupAsync(NoteServiceOptions options) =>
        await NoteServiceOptions.CreateAsync(servers, Token) with { Topic = options.Topic };

    private async Task<List<string>> RecordsAsync(string topic, int count)
    {
        using var consumer = new ConsumerBuilder<Ignore, byte[]>(new ConsumerConfig
        {
            BootstrapServers = servers.Kafka,
            GroupId = $"test-{topic}",
            EnableAutoCommit = false,
        }).Build();
        consumer.Assign(new TopicPartitionOffset(topic, 0, Offset.Beginning));
        var found = new List<string>();
        await Eventually.TrueAsync(() =>
        {
            if (consumer.Consume(TimeSpan.FromMilliseconds(100)) is { } record)
            {
                found.Add(Encoding.UTF8.GetString(record.Message.Value));
            }

            return found.Count >= count;
        });
        return found;
    }
}
