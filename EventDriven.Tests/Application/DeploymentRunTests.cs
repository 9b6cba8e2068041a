using System.Globalization;
using System.Text.Json;
using EventDriven.Chaos;
using EventDriven.Chaos.Evidence;
using EventDriven.Tests.Application.Harness;

namespace EventDriven.Tests.Application;

/// <summary>The fault rig works on a deployment that somebody else has started, with faults that are commands.</summary>
[Collection(ApplicationTests.Name)]
public sealed class DeploymentRunTests(OneOfEach application) : IAsyncDisposable
{
    private const int Seed = 9_900_001;
    private const string Fault = "notifications-stopped";

    private readonly string _file = Path.GetTempFileName();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_deployment_is_put_under_load_and_faults_and_is_sound_afterwards()
    {
        Assert.SkipWhen(application.System.NoBrokerRestart is not null, application.System.NoBrokerRestart ?? "");
        await DescribeAsync();

        var exitCode = await ChaosCommand.RunAsync(["--deployment", _file, "--seed", $"{Seed}", "--seconds", "8", "--rate", "5"]);

        var folder = Path.Combine(ChaosRun.RunsFolder, $"{Seed}");
        var verdict = await File.ReadAllTextAsync(Path.Combine(folder, "verdict.txt"), Token);
        Assert.True(exitCode == Verdict.Sound, verdict);
        Assert.Contains("SOUND", verdict, StringComparison.Ordinal);
        var history = await File.ReadAllLinesAsync(Path.Combine(folder, "history.jsonl"), Token);
        var fault = history.Single(line => line.Contains(Fault, StringComparison.Ordinal));
        Assert.Contains("\"tookEffect\":true", fault, StringComparison.Ordinal);
        Assert.Contains(history, line => line.Contains("\"kind\":\"Place\"", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        File.Delete(_file);
        await application.TellIfFailedAsync();
    }

    private async Task DescribeAsync()
    {
        var system = application.System;
        var pid = system.Pid("notifications").ToString(CultureInfo.InvariantCulture);
        var deployment = new
        {
            instances = SystemUnderTest.Services.ToDictionary(service => service, service => system.Http(service).BaseAddress),
            connectionStrings = await EvidenceReader.ConnectionStringsAsync(system.ConnectionStringAsync),
            token = system.Token,
            webhookSecret = system.WebhookSecret,
            mailFolder = Path.Combine(system.DataFolders[0], "mail"),
            faults = new[]
            {
                new
                {
                    name = Fault,
                    target = "notifications",
                    begin = $"kill -STOP {pid}",
                    end = $"kill -CONT {pid}",
                    shortest = 1,
                    longest = 2,
                },
            },
        };
        await File.WriteAllTextAsync(_file, JsonSerializer.Serialize(deployment), Token);
    }
}
