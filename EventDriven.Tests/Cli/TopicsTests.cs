using System.CommandLine;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using EventDriven.Cli;
using EventDriven.Cli.Audit;
using EventDriven.Cli.Topics;
using EventDriven.Messaging.Operations.Logs;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Messaging.Operations.Topics;

namespace EventDriven.Tests.Cli;

public sealed class TopicsTests(Servers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(12, 7.0, false, false)]
    [InlineData(24, 30.0, false, false)]
    [InlineData(6, 7.0, true, false)]
    [InlineData(12, 1.0, false, true)]
    [InlineData(12, -1.0, false, false)]
    [InlineData(12, null, false, false)]
    public void Only_what_is_less_than_declared_changes(int partitions, double? days, bool grows, bool lengthens)
    {
        TimeSpan? retention = days is null ? null : days < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromDays(days.Value);

        var change = new TopicChange(new DeclaredTopic("t.v1", 12, TimeSpan.FromDays(7)), new BrokerTopic(partitions, retention));

        Assert.Equal((false, grows, lengthens), (change.Create, change.GrowPartitions, change.LengthenRetention));
    }

    [Fact]
    public async Task Applying_twice_changes_nothing_the_second_time()
    {
        Assert.Equal(ExitCode.Done, await RunAsync("topics", "apply", "--yes", "--because", "a test", "--kafka", servers.Kafka));

        // Nobody is asked when there is nothing to do.
        Assert.Equal(ExitCode.Done, await RunAsync("topics", "apply", "--kafka", servers.Kafka));
        Assert.Equal(ExitCode.Done, await RunAsync("topics", "apply", "--json", "--kafka", servers.Kafka));
        Assert.Equal(ExitCode.Done, await RunAsync("topics", "list", "--json", "--kafka", servers.Kafka));

        using var kafka = new KafkaCluster(servers.Kafka);
        Assert.All(await new TopicAdmin(kafka).PlanAsync(TopicsCommand.Declared, Token), change => Assert.False(change.IsNeeded));
    }

    [Fact]
    public async Task Partitions_and_retention_grow_to_the_declaration_and_never_shrink()
    {
        Assert.SkipWhen(servers.NoKafkaLogOnDisk is not null, servers.NoKafkaLogOnDisk ?? "");
        var name = await servers.CreateTopicAsync(partitions: 2, Token);
        using var admin = Admin();
        await SetRetentionAsync(admin, name, TimeSpan.FromHours(1));
        using var kafka = new KafkaCluster(servers.Kafka);
        var topics = new TopicAdmin(kafka);

        await topics.ApplyAsync(
            await topics.PlanAsync([new DeclaredTopic(name, 6, TimeSpan.FromDays(2))], Token), replicationFactor: -1, Token);
        await topics.ApplyAsync(
            await topics.PlanAsync([new DeclaredTopic(name, 3, TimeSpan.FromDays(1))], Token), replicationFactor: -1, Token);

        var change = Assert.Single(await topics.PlanAsync([new DeclaredTopic(name, 1, TimeSpan.Zero)], Token));
        Assert.Equal(new BrokerTopic(6, TimeSpan.FromDays(2)), change.Existing);
    }

    [Fact]
    public async Task Nothing_is_changed_before_somebody_has_said_yes()
    {
        Assert.SkipWhen(servers.NoKafkaLogOnDisk is not null, servers.NoKafkaLogOnDisk ?? "");
        string[] apply = ["topics", "apply", "--kafka", servers.Kafka];
        Assert.Equal(ExitCode.Done, await RunAsync([.. apply, "--yes", "--because", "a test"]));
        using var admin = Admin();
        await SetRetentionAsync(admin, Contracts.Topics.Receipts.Name, TimeSpan.FromHours(1));
        var asked = new Asked(answer: false);

        Assert.Equal(ExitCode.Refused, await RunAsync(asked.Somebody, apply));
        Assert.Equal(ExitCode.Usage, await RunAsync(Asked.Nobody, apply));
        Assert.Equal("Apply these changes? They can't be undone.", Assert.Single(asked.Questions));
        Assert.Equal(TimeSpan.FromHours(1), await RetentionAsync());
        Assert.Equal(ExitCode.Refused, await RunAsync("topics", "list", "--kafka", servers.Kafka));

        Assert.Equal(ExitCode.Done, await RunAsync(new Asked(answer: true).Somebody, apply));
        await Eventually.TrueAsync(async () => await RetentionAsync() == Contracts.Topics.Receipts.Retention);

        async Task<TimeSpan?> RetentionAsync()
        {
            using var kafka = new KafkaCluster(servers.Kafka);
            return (await new TopicAdmin(kafka).PlanAsync(TopicsCommand.Declared, Token))
                .Single(change => change.Topic.Name == Contracts.Topics.Receipts.Name).Existing?.Retention;
        }
    }

    [Fact]
    public async Task A_broker_that_is_not_there_is_exit_code_3() =>
        Assert.Equal(ExitCode.Unreachable, await RunAsync("topics", "list", "--kafka", "127.0.0.1:1"));

    [Fact]
    public async Task An_unknown_option_is_exit_code_2() => Assert.Equal(ExitCode.Usage, await RunAsync("topics", "apply", "--shrink"));

    private static Task<int> RunAsync(params string[] args) => RunAsync(Asked.Nobody, args);

    private static Task<int> RunAsync(OperatorChanges changes, string[] args) =>
        CommandLine.RunAsync(new RootCommand { TopicsCommand.Create(changes) }, args, Token);

    private static Task SetRetentionAsync(IAdminClient admin, string topic, TimeSpan retention) => admin.IncrementalAlterConfigsAsync(
        new Dictionary<ConfigResource, List<ConfigEntry>>
        {
            [new ConfigResource { Type = ResourceType.Topic, Name = topic }] =
            [
                new ConfigEntry
                {
                    Name = "retention.ms",
                    Value = $"{retention.TotalMilliseconds}",
                    IncrementalOperation = AlterConfigOpType.Set,
                },
            ],
        });

    private IAdminClient Admin() => new AdminClientBuilder(new AdminClientConfig { BootstrapServers = servers.Kafka }).Build();
}
