using EventDriven.Messaging;
using EventDriven.Tests.Messaging.Host;
using EventDriven.Tests.Messaging.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace EventDriven.Tests.Messaging.Hosting;

/// <summary>A mistake is refused when the service is composed or started, in words that say what to write.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class StartErrorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_record_without_a_name() => Refused<ArgumentException>(
        messaging => messaging.Publishes<Nameless>("pots.v1", key: e => e.Key),
        "Nameless has no event name: write [Event(\"system.domain.fact-in-the-past-tense.v1\")] above it");

    [Fact]
    public void A_record_that_is_named_like_a_command() => Refused<ArgumentException>(
        messaging => messaging.Publishes<BreakPot>("pots.v1", key: e => e.Key),
        "'test.pots.break-pot.v1' does not read as a fact in the past tense (law L1)");

    [Fact]
    public void A_handler_whose_record_has_no_name() => Refused<ArgumentException>(
        messaging => messaging.AddConsumer("potters", consumer => consumer.Subscribe("pots.v1").AddHandler<HandleNameless>()),
        "Nameless has no event name");

    [Fact]
    public void An_event_without_a_key() => Refused<ArgumentException>(
        messaging => messaging.Publishes<PotBroken>("pots.v1", key: (Func<PotBroken, string>)null!),
        "Publishes<PotBroken> needs a key, by which events are kept in order: write what the fact is about, such as key: e => e.OrderId.");

    [Fact]
    public void An_event_that_is_published_twice() => Refused<ArgumentException>(
        messaging => messaging.Publishes<PotBroken>("pots.v1", key: e => e.Key).Publishes<PotBroken>("pots.v2", key: e => e.Key),
        "'test.pots.pot-broken.v1' (PotBroken) is published twice: remove one of its Publishes from AddMessaging.");

    [Fact]
    public void Another_version_of_an_event_that_is_not_published() => Refused<ArgumentException>(
        messaging => messaging.AlsoPublishes<PotBroken, PotBrokenAnew>("pots.v2", e => new PotBrokenAnew(e.Key)),
        "'test.pots.pot-broken.v2' is published with 'test.pots.pot-broken.v1', which isn't published: write Publishes<PotBroken>(…)");

    [Fact]
    public void Another_fact_in_place_of_another_version() => Refused<ArgumentException>(
        messaging => messaging.Publishes<PotBroken>("pots.v1", key: e => e.Key)
            .AlsoPublishes<PotBroken, PotGlued>("pots.v1", e => new PotGlued(e.Key)),
        "'test.pots.pot-glued.v1' is no other major version of 'test.pots.pot-broken.v1': the two names must differ in their last part");

    [Fact]
    public void Another_version_on_the_topic_of_the_first() => Refused<ArgumentException>(
        messaging => messaging.Publishes<PotBroken>("pots.v1", key: e => e.Key)
            .AlsoPublishes<PotBroken, PotBrokenAnew>("pots.v1", e => new PotBrokenAnew(e.Key)),
        "'test.pots.pot-broken.v2' is published to pots.v1, to which 'test.pots.pot-broken.v1' is published: each major version"
            + " has a topic of its own, such as pots.v2.");

    [Fact]
    public void Another_version_that_is_published_twice() => Refused<ArgumentException>(
        messaging => messaging.Publishes<PotBroken>("pots.v1", key: e => e.Key)
            .AlsoPublishes<PotBroken, PotBrokenAnew>("pots.v2", e => new PotBrokenAnew(e.Key))
            .Publishes<PotBrokenAnew>("pots.v2", key: e => e.Key),
        "'test.pots.pot-broken.v2' (PotBrokenAnew) is published twice: remove one of its Publishes from AddMessaging.");

    [Fact]
    public void An_event_whose_contract_is_of_another_topic() => Refused<ArgumentException>(
        messaging => messaging.Publishes<PotGlued>("glued.v1", key: e => e.Key),
        "'test.pots.pot-glued.v1' (PotGlued) is published to glued.v1, but its [Event] says Topic = \"pots.v1\"");

    [Fact]
    public void A_handler_that_handles_nothing() => Refused<InvalidOperationException>(
        messaging => messaging.AddConsumer("potters", consumer => consumer.Subscribe("pots.v1").AddHandler<NotAHandler>()),
        "NotAHandler handles no event: let it implement IEventHandler<TEvent>, or IEventBatchHandler<TEvent>");

    [Fact]
    public void Two_handlers_for_one_event() => Refused<InvalidOperationException>(
        messaging => messaging.AddConsumer(
            "potters", consumer => consumer.Subscribe("pots.v1").AddHandler<MendPot>().AddHandler<MendPotAgain>()),
        "Group 'potters' has two handlers of 'test.pots.pot-broken.v1': MendPot and MendPotAgain. An event has one handler in a group");

    [Fact]
    public void A_group_without_a_topic() => Refused<InvalidOperationException>(
        messaging => messaging.AddConsumer("potters", consumer => consumer.AddHandler<MendPot>()),
        "Group 'potters' reads nothing: add .Subscribe(\"topic\") to its AddConsumer.");

    [Fact]
    public void A_group_without_a_handler() => Refused<InvalidOperationException>(
        messaging => messaging.AddConsumer("potters", consumer => consumer.Subscribe("pots.v1")),
        "Group 'potters' handles nothing: add .AddHandler<THandler>() to its AddConsumer.");

    [Fact]
    public void A_group_that_is_added_twice() => Refused<InvalidOperationException>(
        messaging => messaging.AddConsumer("potters", Mends).AddConsumer("potters", Mends),
        "Group 'potters' is added twice: add its handlers to one AddConsumer");

    [Fact]
    public void A_topic_that_is_both_fact_and_hearsay() => Refused<InvalidOperationException>(
        messaging => messaging.AddConsumer(
            "potters", consumer => consumer.Subscribe("a.v1", "b.v1").SubscribeToHearsay("b.v1").AddHandler<MendPot>()),
        "Group 'potters' names topic 'b.v1' twice");

    [Fact]
    public void Messaging_that_is_added_twice()
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.AddMessaging<TestDatabase>("/pots");

        var refused = Assert.Throws<InvalidOperationException>(() => _ = builder.AddMessaging<TestDatabase>("/pans"));

        Assert.Contains("AddMessaging is called twice", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_is_named_twice_has_one_health_check()
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.AddMessaging<TestDatabase>("/pots").UseKafka("a").UseKafka("b").UseRedisLeases("c").UseRedisLeases("d");
        using var host = builder.Build();

        var checks = host.Services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations;

        Assert.Equal(["topics", "kafka", "redis"], checks.Select(check => check.Name));
    }

    [Fact]
    public Task A_service_that_does_not_say_where_Kafka_is() => RefusedAtStartAsync<InvalidOperationException>(
        builder => builder.AddMessaging<TestDatabase>("/pots").AddConsumer("potters", Mends),
        "AddMessaging does not say where Kafka is: add .UseKafka(\"kafka\"), with the name of a connection string.");

    [Fact]
    public Task A_connection_string_of_Kafka_that_is_missing() => RefusedAtStartAsync<InvalidOperationException>(
        builder => builder.AddMessaging<TestDatabase>("/pots").UseKafka("log").AddConsumer("potters", Mends),
        "set the connection string 'log' (ConnectionStrings__log) to host:port, or Messaging:Kafka:bootstrap.servers.");

    [Fact]
    public Task A_setting_of_Kafka_that_a_guarantee_depends_on() => RefusedAtStartAsync<InvalidOperationException>(
        builder => Mending(builder),
        "The Kafka setting 'acks' can't be set: an event leaves the outbox only when every in-sync replica has it.",
        ("ConnectionStrings:kafka", "bootstrap.servers=127.0.0.1:1;acks=1"));

    [Fact]
    public Task A_setting_that_Kafkas_client_does_not_know() => RefusedAtStartAsync<InvalidOperationException>(
        builder => Mending(builder),
        "Kafka's client has no setting 'security.protocoll': correct or remove Messaging:Kafka:security.protocoll.",
        ("Messaging:Kafka:security.protocoll", "ssl"));

    [Fact]
    public async Task A_connection_string_of_Kafka_that_can_not_be_read_is_not_quoted()
    {
        var refused = await RefusedAtStartAsync<InvalidOperationException>(
            builder => Mending(builder),
            "Kafka's connection string 'sasl.password' has no closing quote",
            ("ConnectionStrings:kafka", "sasl.password=\"secret"));

        Assert.DoesNotContain("secret", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public Task Personal_data_that_nothing_seals() => RefusedAtStartAsync<InvalidOperationException>(
        builder => builder.AddMessaging<TestDatabase>("/pots").UseKafka("kafka")
            .Publishes<GreetedPerson>("people.v1", key: e => e.Person),
        "'test.people.person-greeted.v1' has [PersonalData], and nothing seals it: add .SealsPersonalData<TKeys>() to AddMessaging");

    [Fact]
    public Task A_handler_whose_constructor_needs_something_that_is_not_registered() => RefusedAtStartAsync<InvalidOperationException>(
        builder => builder.AddMessaging<TestDatabase>("/pots").UseKafka("kafka")
            .AddConsumer("potters", consumer => consumer.Subscribe("pots.v1").AddHandler<MendPotWithGlue>()),
        "Handler MendPotWithGlue of group 'potters' needs Glue, which is not registered: "
        + "add it to the container, such as builder.Services.AddScoped<Glue>().");

    [Fact]
    public Task An_interface_that_is_not_registered_is_told_with_its_implementation_left_open() =>
        RefusedAtStartAsync<InvalidOperationException>(
            builder => builder.AddMessaging<TestDatabase>("/pots").UseKafka("kafka")
                .AddConsumer("potters", consumer => consumer.Subscribe("pots.v1").AddHandler<MendPotWithTool>()),
            "needs ITool, which is not registered: add it to the container, such as builder.Services.AddScoped<ITool, …>().");

    /// <summary>There, the container checks everything by itself before messaging can.</summary>
    [Fact]
    public Task In_Development_the_same_is_told() => RefusedAtStartAsync<InvalidOperationException>(
        builder =>
        {
            builder.ConfigureContainer(new DefaultServiceProviderFactory(new() { ValidateOnBuild = true, ValidateScopes = true }));
            builder.AddMessaging<TestDatabase>("/pots").UseKafka("kafka")
                .AddConsumer("potters", consumer => consumer.Subscribe("pots.v1").AddHandler<MendPotWithGlue>());
        },
        "Handler MendPotWithGlue of group 'potters' needs Glue");

    [Fact]
    public Task A_database_that_retries_by_itself() => RefusedAtStartAsync<InvalidOperationException>(
        builder =>
        {
            builder.Services.RemoveAll<DbContextOptions<TestDatabase>>();
            builder.Services.AddDbContext<TestDatabase>(
                options => options.UseNpgsql("Host=127.0.0.1;Port=1;Database=none", npgsql => npgsql.EnableRetryOnFailure()));
            Mending(builder);
        },
        "TestDatabase uses EnableRetryOnFailure, which excludes the transactions of messaging: remove it from UseNpgsql.");

    [Fact]
    public async Task A_database_without_a_connection_string()
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create<string, string?>("ConnectionStrings:kafka", "127.0.0.1:1")]);
        builder.Services.AddLogging();
        builder.Services.AddDbContext<TestDatabase>(options => options.UseNpgsql((string?)null));
        Mending(builder);
        using var host = builder.Build();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync(Token));

        Assert.Contains("TestDatabase has no connection string", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_not_registered()
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create<string, string?>("ConnectionStrings:kafka", "127.0.0.1:1")]);
        builder.Services.AddLogging();
        Mending(builder);
        using var host = builder.Build();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync(Token));

        Assert.Contains(
            "TestDatabase is not registered: add it, such as builder.Services.AddDbContext<TestDatabase>",
            refused.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_of_a_service_that_publishes_nothing()
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        Mending(builder);
        using var host = builder.Build();
        using var scope = host.Services.CreateScope();
        var outbox = scope.ServiceProvider.GetRequiredService<IOutbox>();

        var refused = Assert.Throws<InvalidOperationException>(() => outbox.Add(new PotBroken("a"), DateTimeOffset.UnixEpoch));

        Assert.Equal("PotBroken is not published by /pots: register it with Publishes(…) in AddMessaging.", refused.Message);
    }

    [Fact]
    public Task More_transactions_than_the_pool_has_connections() => RefusedAtStartAsync<InvalidOperationException>(
        builder => Mending(builder),
        "Messaging:Consumer:Concurrency is 101, which makes 101 transactions at once in all groups, but the pool of TestDatabase has 100 "
            + "connections: lower it, or raise 'Maximum Pool Size' in the connection string.",
        ("Messaging:Consumer:Concurrency", "101"));

    [Fact]
    public Task Redis_that_is_asked_for_and_absent() => RefusedAtStartAsync<InvalidOperationException>(
        builder => builder.AddMessaging<TestDatabase>("/pots").UseKafka("kafka").UseRedisLeases("leases").AddConsumer("potters", Mends),
        "UseRedisLeases(\"leases\") finds no Redis: set the connection string 'leases' (ConnectionStrings__leases) to host:port, "
            + "or remove UseRedisLeases; the inbox then decides alone.");

    [Fact]
    public async Task All_mistakes_are_told_at_once()
    {
        var refused = await RefusedAtStartAsync<InvalidOperationException>(
            builder => builder.AddMessaging<TestDatabase>("/pots").UseKafka("kafka").UseRedisLeases("leases")
                .AddConsumer("potters", consumer => consumer.Subscribe("pots.v1").AddHandler<MendPotWithGlue>()),
            "finds no Redis");

        Assert.Contains("needs Glue", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Messaging:Consumer:Concurrency", "0", "Consumer.Concurrency")]
    [InlineData("Messaging:Outbox:BatchSize", "-1", "Outbox.BatchSize")]
    [InlineData("Messaging:Lag:PollInterval", "00:00:00", "Lag.PollInterval")]
    [InlineData("Messaging:Outbox:SchemaAddress", "contracts", "Messaging:Outbox:SchemaAddress must be an absolute URL")]
    [InlineData("Messaging:Retry:Attempts", "0", "Messaging:Retry:Attempts and Messaging:Retry:Factor must be at least 1.")]
    public Task An_option_out_of_range(string path, string value, string named) => RefusedAtStartAsync<OptionsValidationException>(
        builder => Mending(builder), named, (path, value));

    [Fact]
    public Task A_first_delay_that_is_longer_than_the_longest() => RefusedAtStartAsync<OptionsValidationException>(
        builder => Mending(builder),
        "Messaging:Retry:FirstDelay is longer than Messaging:Retry:LongestDelay: lower the one or raise the other.",
        ("Messaging:Retry:FirstDelay", "00:01:00"));

    [Fact]
    public Task A_retry_policy_of_a_handler_without_an_attempt() => RefusedAtStartAsync<InvalidOperationException>(
        builder => builder.AddMessaging<TestDatabase>("/pots").UseKafka("kafka").AddConsumer(
            "potters", consumer => consumer.Subscribe("pots.v1").AddHandler<MendPot>(retry => retry with { Attempts = 0 })),
        "The retry policy of MendPot needs at least one attempt");

    private static void Mends(IConsumerBuilder consumer) => consumer.Subscribe("pots.v1").AddHandler<MendPot>();

    private static void Mending(HostApplicationBuilder builder) =>
        builder.AddMessaging<TestDatabase>("/pots").UseKafka("kafka").AddConsumer("potters", Mends);

    private static void Refused<TException>(Action<IMessagingBuilder> compose, string words)
        where TException : Exception
    {
        var messaging = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null).AddMessaging<TestDatabase>("/pots");

        var refused = Assert.Throws<TException>(() => compose(messaging));

        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }

    private static async Task<TException> RefusedAtStartAsync<TException>(
        Action<HostApplicationBuilder> compose, string words, params (string Path, string? Value)[] settings)
        where TException : Exception
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create<string, string?>("ConnectionStrings:kafka", "127.0.0.1:1")]);
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Path, setting.Value)));
        builder.Services.AddLogging();
        builder.Services.AddDbContextPool<TestDatabase>(options => options.UseNpgsql("Host=127.0.0.1;Port=1;Database=none"));
        compose(builder);
        using var host = builder.Build();

        var refused = await Assert.ThrowsAsync<TException>(() => host.StartAsync(Token));

        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        return refused;
    }

    private sealed record Nameless(string Key);

    [Event("test.pots.break-pot.v1")]
    private sealed record BreakPot(string Key);

    [Event("test.pots.pot-broken.v1")]
    private sealed record PotBroken(string Key);

    [Event("test.pots.pot-broken.v2")]
    private sealed record PotBrokenAnew(string Key);

    [Event("test.pots.pot-glued.v1", Topic = "pots.v1")]
    private sealed record PotGlued(string Key);

    private sealed class NotAHandler;

    private sealed class Glue;

    private sealed class HandleNameless : IEventHandler<Nameless>
    {
        public Task HandleAsync(EventContext<Nameless> context, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class MendPot : IEventHandler<PotBroken>
    {
        public Task HandleAsync(EventContext<PotBroken> context, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class MendPotAgain : IEventHandler<PotBroken>
    {
        public Task HandleAsync(EventContext<PotBroken> context, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private interface ITool;

    private sealed class MendPotWithTool(ITool tool) : IEventHandler<PotBroken>
    {
        public Task HandleAsync(EventContext<PotBroken> context, CancellationToken cancellationToken)
        {
            ArgumentNullException.ThrowIfNull(tool);
            return Task.CompletedTask;
        }
    }

    private sealed class MendPotWithGlue(Glue glue) : IEventHandler<PotBroken>
    {
        public Task HandleAsync(EventContext<PotBroken> context, CancellationToken cancellationToken)
        {
            ArgumentNullException.ThrowIfNull(glue);
            return Task.CompletedTask;
        }
    }
}
