using EventDriven.Chaos;
using EventDriven.Chaos.Deployments;
using EventDriven.Chaos.Faults;

namespace EventDriven.Tests.Chaos;

/// <summary>The file that describes a deployment of a user's own, and the commands that are its faults.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class DeploymentTests : IDisposable
{
    private const string Instances =
        """
        "instances": {
            "checkout": "https://checkout.example", "checkout-2": "https://checkout-2.example", "inventory": "http://inventory:8080",
            "notifications": "http://notifications:8080", "analytics": "http://analytics:8080",
            "recommendations": "http://recommendations:8080"
        }
        """;

    private const string ConnectionStrings =
        """
        "connectionStrings": {
            "kafka": "kafka:9092", "checkoutdb": "Host=postgres", "inventorydb": "Host=postgres", "notificationsdb": "Host=postgres",
            "analyticsdb": "Host=postgres", "recommendationsdb": "Host=postgres"
        }
        """;

    private const string Secrets = "\"token\": \"t\", \"webhookSecret\": \"whsec_s\"";

    private const string Rest = $"{Instances},{ConnectionStrings},{Secrets}";
    private const string OnKafka = "\"name\":\"a\",\"target\":\"kafka\",\"begin\":\"b\"";

    private readonly string _file = Path.GetTempFileName();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_deployment_has_instances_servers_and_faults_of_its_own()
    {
        var deployment = await ReadAsync(
            Instances, ConnectionStrings, Secrets,
            """
            "faults": [
                { "name": "broker-gone", "target": "kafka", "begin": "stop", "end": "start", "shortest": 2, "longest": 5 },
                { "name": "redis-flush", "target": "redis", "begin": "flush" }, // Nothing to be undone.
            ]
            """);
        using var application = new DeployedApplication(deployment);

        Assert.Equal("https://checkout-2.example/", application.Address("checkout-2").AbsoluteUri);
        Assert.Equal("http://inventory:8080/", application.Address("inventory-2").AbsoluteUri);
        Assert.Equal(6, application.Instances.Count);
        Assert.Equal("kafka:9092", await application.ConnectionStringAsync("kafka", Token));
        await Assert.ThrowsAsync<ArgumentException>(() => application.ConnectionStringAsync("redis", Token));
        Assert.Null(application.MailFolder);
        Assert.Equal(["broker-gone", "redis-flush"], deployment.Kinds.Select(kind => kind.Name));
        Assert.Equal((2, 5), (deployment.Kinds[0].Shortest.TotalSeconds, deployment.Kinds[0].Longest.TotalSeconds));
        Assert.Equal(["kafka"], deployment.Kinds[0].Targets);
        Assert.Equal(TimeSpan.Zero, deployment.Kinds[1].Longest);
        Assert.Equal(_file, deployment.ToString());
        Assert.Contains($"--deployment {_file}", new ChaosOptions(1, TimeSpan.FromSeconds(9), deployment.Kinds, 5, KeepsData: false)
        {
            Deployment = deployment,
        }.Replay(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "can't be read")]
    [InlineData("{}", "instances")]
    [InlineData($"{{{ConnectionStrings},{Secrets},\"instances\":{{\"checkout\":\"http://c\"}}}}", "no address of inventory, ")]
    [InlineData($"{{{Instances},{Secrets},\"connectionStrings\":{{\"kafka\":\"k\"}}}}", "none of checkoutdb, ")]
    [InlineData($"{{{Instances},{ConnectionStrings},\"token\":\"t\"}}", "webhookSecret")]
    [InlineData($"{{{Rest},\"fault\":[]}}", "fault")]
    [InlineData($"{{{Rest},\"mailFolder\":\"/no/such/folder\"}}", "no folder /no/such/folder")]
    [InlineData($"{{{Rest},\"faults\":[{{\"name\":\"a\",\"target\":\"moon\",\"begin\":\"b\"}}]}}", "'moon'")]
    [InlineData($"{{{Rest},\"faults\":[{{{OnKafka},\"end\":\"e\",\"shortest\":11}}]}}", "from 11 to 10 s")]
    [InlineData($"{{{Rest},\"faults\":[{{{OnKafka},\"longest\":5}}]}}", "has no 'end'")]
    [InlineData($"{{{Rest},\"faults\":[{{{OnKafka}}},{{{OnKafka}}}]}}", "two with the name a")]
    [InlineData($"{{{Rest},\"faults\":[null]}}", "one is null")]
    [InlineData($"{{{Rest},\"recoverySeconds\":0}}", "from 1 to 3600")]
    [InlineData($"{{{ConnectionStrings},{Secrets},\"instances\":{{\"checkout\":null}}}}", "no address of checkout, ")]
    public async Task What_a_file_lacks_is_said(string content, string said)
    {
        await File.WriteAllTextAsync(_file, content, Token);

        Assert.Contains(said, Assert.Throws<InvalidDataException>(() => DeploymentFile.Read(_file)).Message, StringComparison.Ordinal);
        Assert.Equal(2, await ChaosCommand.RunAsync(["--deployment", _file, "--schedule-only"]));
    }

    [Fact]
    public async Task Options_of_an_application_that_the_rig_starts_are_refused()
    {
        await ReadAsync(Instances, ConnectionStrings, Secrets);

        Assert.Equal(0, await ChaosCommand.RunAsync(["--deployment", _file, "--schedule-only"]));
        Assert.Equal(2, await ChaosCommand.RunAsync(["--deployment", _file, "--schedule-only", "--brokers", "3"]));
        Assert.Equal(2, await ChaosCommand.RunAsync(["--deployment", _file, "--schedule-only", "--faults", "kill-broker"]));
    }

    [Fact]
    public async Task A_fault_is_its_two_commands()
    {
        var effect = await EffectAsync(Fault($"echo begun; echo on > '{_file}'", $"cat '{_file}'"));

        Assert.True(effect.TookEffect);
        Assert.Equal("begun on", effect.Note);
    }

    [Fact]
    public async Task A_command_that_fails_says_why()
    {
        var failed = await Assert.ThrowsAsync<InvalidOperationException>(
            () => new CommandFault(Fault("echo 'no such pod' >&2; exit 3", end: null)).BeginAsync(Token));

        Assert.Contains("exit code 3: no such pod", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_may_leave_something_running()
    {
        var effect = await EffectAsync(Fault($"sleep 600 & echo $! > '{_file}'", $"kill $(cat '{_file}'); echo over"));

        Assert.Equal("over", effect.Note);
    }

    [Fact]
    public async Task A_command_that_does_not_end_is_killed()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var begun = new CommandFault(Fault($"echo $$ > '{_file}'; sleep 600", end: null)).BeginAsync(stop.Token);
        var shell = await Eventually.GetAsync(() => File.ReadAllTextAsync(_file, Token), text => text.EndsWith('\n'));

        await stop.CancelAsync();

        await Assert.ThrowsAsync<TimeoutException>(() => begun);
        await Eventually.TrueAsync(() => !Directory.Exists($"/proc/{shell.Trim()}"));
    }

    public void Dispose() => File.Delete(_file);

    private static async Task<FaultEffect> EffectAsync(DeploymentFault fault)
    {
        var command = new CommandFault(fault);
        await command.BeginAsync(Token);
        return await command.EndAsync(Token);
    }

    private static DeploymentFault Fault(string begin, string? end) => new("fault", "kafka", begin, end);

    private async Task<DeploymentFile> ReadAsync(params string[] parts)
    {
        await File.WriteAllTextAsync(_file, $"{{{string.Join(',', parts)}}}", Token);
        return DeploymentFile.Read(_file);
    }
}
