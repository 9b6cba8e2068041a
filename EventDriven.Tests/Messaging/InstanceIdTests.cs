using Confluent.Kafka;
using EventDriven.Messaging;
using EventDriven.Tests.Messaging.Host;
using EventDriven.Tests.Services;

namespace EventDriven.Tests.Messaging;

/// <summary>Instances of a group that keep their names (static membership).</summary>
public sealed class InstanceIdTests(Servers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_instance_that_is_started_again_under_its_name_has_its_partitions_at_once_and_the_others_keep_theirs()
    {
        Assert.SkipWhen(servers.NoKafkaLogOnDisk is not null, "The emulator's groups have no static members.");

        // Longer than this test waits: nobody is given partitions because a session has timed out.
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 6);
        var log = new LoggedLines();
        await using var other = await NoteService.StartAsync(Named(options, "other") with { Log = log, Publishes = false }, Token);
        var first = await NoteService.StartAsync(Named(options, "first"), Token);
        await Eventually.TrueAsync(() => log.Lines.Any(
            line => line.Contains("3 are left", StringComparison.Ordinal) || line.Contains("3 in all", StringComparison.Ordinal)));
        await first.DisposeAsync();
        var given = GivenUp(log);

        await using var again = await NoteService.StartAsync(Named(options, "first"), Token);
        await Records.ProduceAsync(
            options.Kafka, options.Topic, Enumerable.Range(0, 40).Select(n => Records.Of(new Noted($"{n}", n))), Token);
        await Eventually.GetAsync(other.EffectsAsync, effects => effects.Count == 40);

        Assert.Equal(given, GivenUp(log));
    }

    [Fact]
    public async Task An_instance_whose_name_another_one_takes_says_so_and_stops_its_service()
    {
        Assert.SkipWhen(servers.NoKafkaLogOnDisk is not null, "The emulator's groups have no static members.");
        var options = await NoteServiceOptions.CreateAsync(servers, Token);
        var log = new LoggedLines();
        await using var first = await NoteService.StartAsync(Named(options, "twin") with { Log = log }, Token);
        var stopping = first.Stopping;
        await LoggedAsync(log, "was assigned");

        await using var twin = await NoteService.StartAsync(Named(options, "twin") with { Publishes = false }, Token);

        await stopping;
        Assert.Contains(log.Lines, line => line.Contains("has joined as twin", StringComparison.Ordinal));
        await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("a", 1))], Token);
        await Eventually.GetAsync(twin.EffectsAsync, effects => effects.Count == 1);
    }

    [Fact]
    public async Task An_instance_that_was_replaced_by_none_that_comes_back_joins_again_and_goes_on()
    {
        Assert.SkipWhen(servers.NoKafkaLogOnDisk is not null, "The emulator's groups have no static members.");
        var options = await NoteServiceOptions.CreateAsync(servers, Token);
        var log = new LoggedLines();
        await using var service = await NoteService.StartAsync(Named(options, "twin") with { Log = log }, Token);
        var stopping = service.Stopping;
        await LoggedAsync(log, "was assigned");

        // As after an outage: the broker knows another member of this name, which nobody is any more.
        using (var former = new ConsumerBuilder<Ignore, Ignore>(new ConsumerConfig
        {
            BootstrapServers = options.Kafka,
            GroupId = options.Group,
            GroupInstanceId = "twin",
            PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky,
            SessionTimeoutMs = 120_000,
            MaxPollIntervalMs = 120_000,
        }).Build())
        {
            former.Subscribe(options.Topic);
            await Eventually.TrueAsync(() =>
            {
                former.Consume(TimeSpan.FromMilliseconds(100));
                return former.Assignment.Count > 0;
            });
            former.Close();
        }

        await LoggedAsync(log, "was taken over");
        await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("a", 1))], Token);
        await Eventually.GetAsync(service.EffectsAsync, effects => effects.Count == 1);
        Assert.False(stopping.IsCompleted);
    }

    [Theory]
    [Trait(UnitTest.Trait, UnitTest.Value)]
    [InlineData("checkout-2", true)]
    [InlineData("", true)]
    [InlineData("a b", false)]
    [InlineData("é", false)]
    public void A_name_has_the_letters_that_brokers_take(string name, bool isValid)
    {
        var options = new ConsumerOptions { InstanceId = name };

        Assert.Equal(
            isValid,
            System.ComponentModel.DataAnnotations.Validator.TryValidateProperty(
                options.InstanceId,
                new System.ComponentModel.DataAnnotations.ValidationContext(options) { MemberName = nameof(ConsumerOptions.InstanceId) },
                null));
    }

    private static Task LoggedAsync(LoggedLines log, string text) => Eventually.TrueAsync(
        () => log.Lines.Any(line => line.Contains(text, StringComparison.Ordinal)), expression: $"'{text}' is logged");

    private static int GivenUp(LoggedLines log) => log.Lines.Count(line =>
        line.Contains("gave up", StringComparison.Ordinal) || line.Contains(" lost ", StringComparison.Ordinal));

    private static NoteServiceOptions Named(NoteServiceOptions options, string name) => options with
    {
        Settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Messaging:Consumer:InstanceId"] = name,
            ["Messaging:Consumer:SessionTimeout"] = "00:02:00",
        },
    };
}
