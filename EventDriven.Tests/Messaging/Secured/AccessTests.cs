using Confluent.Kafka;
using Confluent.Kafka.Admin;
using EventDriven.Cli;
using EventDriven.Cli.Acls;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Operations.Access;
using EventDriven.Messaging.Operations.Logs;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Tests.Cli;
using EventDriven.Tests.Cli.Json;
using EventDriven.Tests.Messaging.Host;

namespace EventDriven.Tests.Messaging.Secured;

/// <summary>
/// What the services of this system declare is all that they may do: <c>acls apply</c> grants it, and Kafka refuses everything else.
/// </summary>
[Collection(SecuredCollection.Name)]
public sealed class AccessTests(SecuredKafka kafka, Servers servers)
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);
    private static readonly string[] Principals = ["checkout", "inventory", "notifications", "analytics", "recommendations", "operator"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Pinned, so that a right more is seen in a review.</summary>
    [Fact]
    public async Task The_services_of_this_system_have_these_rights_on_topics_and_groups()
    {
        var rules = await DeclaredAsync();

        Assert.Equal(
            [
                "analytics: is analytics; reads customers.v1 inventory.v1 orders.v1 payments.v1 receipts.v1; writes receipts.v1",
                "checkout: is checkout; reads inventory.v1; writes customers.v1 orders.v1 payments.v1 receipts.v1",
                "inventory: is inventory; reads orders.v1; writes inventory.v1 receipts.v1",
                "notifications: is notifications; reads customers.v1 orders.v1 payments.v1; writes receipts.v1",
                "recommendations: is recommendations; reads orders.v1; writes receipts.v1",
            ],
            rules.Where(rule => rule.Principal != "User:operator").GroupBy(rule => rule.Principal["User:".Length..])
                .OrderBy(service => service.Key, StringComparer.Ordinal)
                .Select(service => $"{service.Key}: is {Names(service, ResourceType.Group, AclOperation.Read)}; "
                    + $"reads {Names(service, ResourceType.Topic, AclOperation.Read)}; "
                    + $"writes {Names(service, ResourceType.Topic, AclOperation.Write)}"));

        static string Names(IEnumerable<AclRule> rules, ResourceType type, AclOperation operation) => string.Join(
            ' ',
            rules.Where(rule => rule.Type == type && rule.Operation == operation).Select(rule => rule.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_declared_write_and_read_is_allowed_and_every_other_is_refused()
    {
        SecuredKafka.Require();
        Assert.Equal(ExitCode.Done, await kafka.OperateAsync("topics", "apply", "--yes", "--because", "a test"));
        Assert.Equal(ExitCode.Done, await kafka.OperateAsync("acls", "apply", "--yes", "--because", "a test", "--prune"));
        var rules = await DeclaredAsync();
        Assert.Equal(Principals.Order(), rules.Select(rule => rule.Principal["User:".Length..]).Distinct().Order());

        var wrong = new List<string>();
        foreach (var user in Principals)
        {
            await kafka.SetPasswordAsync(user, SecuredKafka.Password);
            var settings = KafkaSettings.Parse(kafka.Connection(user, "ScramSha512"));
            foreach (var topic in Contracts.Topics.All.Select(topic => topic.Name))
            {
                Compare(wrong, $"{user} writes {topic}", May(user, topic, AclOperation.Write), await WritesAsync(settings, topic));
                Compare(wrong, $"{user} reads {topic}", May(user, topic, AclOperation.Read), Reads(settings, topic));
            }

            foreach (var group in Principals.Where(name => name != "operator"))
            {
                Compare(
                    wrong,
                    $"{user} is {group}",
                    rules.Contains(new AclRule($"User:{user}", ResourceType.Group, group, IsPrefix: false, AclOperation.Read)),
                    await SeesAsync(settings, group));
            }

            Compare(wrong, $"{user} creates a topic", false, await CreatesAsync(settings));
        }

        Assert.Empty(wrong);

        bool May(string user, string topic, AclOperation operation) =>
            rules.Contains(new AclRule($"User:{user}", ResourceType.Topic, topic, IsPrefix: false, operation));
    }

    [Fact]
    public async Task Applying_again_changes_nothing_and_only_prune_takes_away()
    {
        SecuredKafka.Require();
        Assert.Equal(ExitCode.Done, await kafka.OperateAsync("acls", "apply", "--yes", "--because", "a test"));
        var superfluous = new AclRule("User:checkout", ResourceType.Topic, "old.v1", IsPrefix: false, AclOperation.Write);
        using (var cluster = new KafkaCluster(kafka.AdministratorConnection))
        {
            await new AclAdmin(cluster).CreateAsync([superfluous], Token);
        }

        // Nobody is asked when there is nothing to do.
        var (exitCode, said) = await Output.OfAsync(() => kafka.OperateAsync("acls", "apply", "--json"));
        Assert.Equal(ExitCode.Done, exitCode);
        DocumentedOutput.Check("acls apply", said);
        Assert.Contains("old.v1", said, StringComparison.Ordinal);
        Assert.Equal([superfluous], (await PlanAsync()).Superfluous);

        Assert.Equal(ExitCode.Usage, await kafka.OperateAsync("acls", "apply", "--prune"));
        Assert.Equal([superfluous], (await PlanAsync()).Superfluous);

        Assert.Equal(ExitCode.Done, await kafka.OperateAsync("acls", "apply", "--prune", "--yes", "--because", "a test"));
        var plan = await PlanAsync();
        Assert.Empty(plan.Superfluous);
        Assert.Empty(plan.Missing);
    }

    [Fact]
    public async Task A_user_who_is_no_administrator_is_told_what_it_takes()
    {
        SecuredKafka.Require();
        await kafka.SetPasswordAsync("nobody", SecuredKafka.Password);

        var (exitCode, error) = await FailAsync(kafka.Connection("nobody", "ScramSha512"), "acls", "apply", "--yes", "--because", "a test");

        Assert.Equal(ExitCode.Refused, exitCode);
        Assert.Contains("Kafka lets this user not work on access rules", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_says_that_its_password_is_wrong_and_not_what_it_is()
    {
        SecuredKafka.Require();

        var (exitCode, error) = await FailAsync(kafka.Connection("nobody", "ScramSha512", "wr0ng-s3cret"), "topics", "list");

        Assert.Equal(ExitCode.Refused, exitCode);
        Assert.Contains("Kafka refuses the credentials of 'nobody'", error, StringComparison.Ordinal);
        Assert.DoesNotContain("wr0ng", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_who_may_not_create_topics_is_given_the_command()
    {
        SecuredKafka.Require();
        await kafka.SetPasswordAsync("nobody", SecuredKafka.Password);

        var (exitCode, error) = await FailAsync(
            kafka.Connection("nobody", "ScramSha512"), "topics", "apply", "--yes", "--because", "a test");

        Assert.Equal(ExitCode.Refused, exitCode);
        Assert.Contains("kafka-topics.sh --create --topic orders.v1 --partitions 12", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_says_which_rights_it_lacks_and_goes_on_by_itself_when_it_has_them()
    {
        SecuredKafka.Require();
        await kafka.SetPasswordAsync("late", SecuredKafka.Password);
        var secured = await SecuredService.CreateAsync(kafka, servers, kafka.Connection("late", "ScramSha512"));
        var (topic, group) = (secured.Options.Topic, secured.Options.Group!);
        await kafka.GrantAsync(new PrincipalAccess(
            "User:late", [new AclRule("User:late", ResourceType.Topic, topic, IsPrefix: false, AclOperation.Write)]));
        await using var service = await secured.StartAsync();
        await service.AnnounceAsync(Token, new Noted("a", 1));

        await SecuredService.IsDegradedAsync(service, "topics", $"Topic '{topic}' refuses this service the operation Read");
        await SecuredService.IsDegradedAsync(service, "kafka", $"--operation Read --group {group}");
        await Eventually.TrueAsync(async () => await service.OutboxDepthAsync() == 0);
        Assert.Empty(await service.EffectsAsync());
        Assert.InRange(secured.Log.Lines.Count, 1, 200);

        await secured.GrantAsync(kafka, "User:late");

        await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == 1, TimeSpan.FromSeconds(60));
        await SecuredService.IsHealthyAsync(service, "topics");
        await SecuredService.IsHealthyAsync(service, "kafka");
    }

    [Fact]
    public async Task A_service_that_may_write_nothing_at_all_stops_and_says_why()
    {
        SecuredKafka.Require();
        await kafka.SetPasswordAsync("nobody", SecuredKafka.Password);
        var secured = await SecuredService.CreateAsync(kafka, servers, kafka.Connection("nobody", "ScramSha512"));
        await using var service = await secured.StartAsync();
        await service.AnnounceAsync(Token, new Noted("a", 1));

        await service.Stopping;

        Assert.Contains(secured.Log.Lines, line => line.Contains("Fatal error of the outbox producer", StringComparison.Ordinal)
            && line.Contains("kafka-acls.sh --add --allow-principal User:nobody", StringComparison.Ordinal));
        Assert.Equal(1, await service.OutboxDepthAsync());
    }

    private static void Compare(List<string> wrong, string what, bool declared, bool allowed)
    {
        if (declared != allowed)
        {
            wrong.Add($"{what}: {(declared ? "declared and refused" : "not declared and allowed")}");
        }
    }

    private static async Task<bool> WritesAsync(KafkaSettings settings, string topic)
    {
        using var producer = new ProducerBuilder<byte[], byte[]>(settings.ApplyTo(
            new ProducerConfig { MessageTimeoutMs = (int)Bound.TotalMilliseconds }))
            .SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        try
        {
            await producer.ProduceAsync(topic, Records.Of(new Noted("a", 1)), Token);
            return true;
        }
        catch (ProduceException<byte[], byte[]> exception)
        {
            return Refused(exception.Error, ErrorCode.TopicAuthorizationFailed);
        }
    }

    private static bool Reads(KafkaSettings settings, string topic)
    {
        var config = new ConsumerConfig { GroupId = "eventdriven-walk", EnableAutoCommit = false, EnablePartitionEof = true };
        using var consumer = new ConsumerBuilder<byte[], byte[]>(settings.ApplyTo(config))
            .SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();

        // A consumer waits for a topic that it may not see, and doesn't tell.
        if (admin.GetMetadata(topic, Bound).Topics.Single().Error is { IsError: true } error)
        {
            return Refused(error, ErrorCode.TopicAuthorizationFailed);
        }

        consumer.Assign(new TopicPartitionOffset(topic, 0, Offset.Beginning));
        try
        {
            return consumer.Consume(Bound) is not null ? true : throw new TimeoutException($"Nothing was heard of {topic}.");
        }
        catch (ConsumeException exception)
        {
            return Refused(exception.Error, ErrorCode.TopicAuthorizationFailed);
        }
    }

    // Who may not even see a group can't join it.
    private static async Task<bool> SeesAsync(KafkaSettings settings, string group)
    {
        using var admin = new AdminClientBuilder(settings.ApplyTo(new AdminClientConfig()))
            .SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        try
        {
            await admin.DescribeConsumerGroupsAsync([group]);
            return true;
        }
        catch (DescribeConsumerGroupsException exception)
        {
            return Refused(exception.Results.ConsumerGroupDescriptions.Single().Error, ErrorCode.GroupAuthorizationFailed);
        }
    }

    private static async Task<bool> CreatesAsync(KafkaSettings settings)
    {
        using var admin = new AdminClientBuilder(settings.ApplyTo(new AdminClientConfig()))
            .SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        try
        {
            await admin.CreateTopicsAsync(
                [new TopicSpecification { Name = Servers.NewTopicName(), NumPartitions = 1, ReplicationFactor = 1 }]);
            return true;
        }
        catch (CreateTopicsException exception)
        {
            return Refused(exception.Results.Single().Error, ErrorCode.TopicAuthorizationFailed, ErrorCode.ClusterAuthorizationFailed);
        }
    }

    private static bool Refused(Error error, params ErrorCode[] expected)
    {
        Assert.Contains(error.Code, expected);
        return false;
    }

    private static async Task<(int ExitCode, string Error)> FailAsync(string connection, params string[] args)
    {
        var (exitCode, errors) = await Output.OfErrorsAsync(
            () => CommandLine.RunAsync(OperatorCommands.Create(Asked.Nobody), [.. args, "--kafka", connection], Token));
        return (exitCode, string.Join(' ', errors.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }

    private static async Task<IReadOnlyList<AclRule>> DeclaredAsync() =>
        [.. (await DeclaredPrincipals.ReadAsync(OperatorCommands.Create(Asked.Nobody).Parse("acls show"), Token)).SelectMany(p => p.Rules)];

    private async Task<AclPlan> PlanAsync()
    {
        using var cluster = new KafkaCluster(kafka.AdministratorConnection);
        return await new AclAdmin(cluster).PlanAsync(
            await DeclaredPrincipals.ReadAsync(OperatorCommands.Create(Asked.Nobody).Parse("acls show"), Token), Token);
    }
}
