using EventDriven.Chaos.Evidence;
using EventDriven.Chaos.Scenarios;
using EventDriven.Hosting.Services;
using EventDriven.Tests.Application.Harness;

namespace EventDriven.Tests.Application;

/// <summary>
/// Instances come and go under load, and nobody notices: no client by an error, and nothing that is stored by its order or number. What is
/// measured is printed by <c>./chaos.sh --scenario</c>.
/// </summary>
[Collection(ApplicationTests.Name)]
public sealed class ScalingTests(OneOfEach application, ITestOutputHelper output) : IAsyncDisposable
{
    private static readonly string[] Services = ["checkout", "inventory", "notifications"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rolling_update_fails_no_request()
    {
        Assert.SkipWhen(application.System.NoBrokerRestart is not null, application.System.NoBrokerRestart ?? "");

        var shown = await new RollingUpdateScenario(
            await ApplicationAsync(), BuildOutput.Service, BuildOutput.Service, TimeProvider.System, output.WriteLine)
            .RunAsync(perSecond: 10, Token);

        Assert.Empty(shown.Lost);
        Assert.Empty(shown.Anomalies);
        Assert.Equal(8, shown.Sent.Count);
        Assert.All(shown.Sent, instance => Assert.True(instance.Value > 0, instance.Key));
    }

    [Fact]
    public async Task Four_instances_handle_what_one_can_not_and_order_and_number_of_effects_stay_right()
    {
        Assert.SkipWhen(application.System.NoBrokerRestart is not null, application.System.NoBrokerRestart ?? "");

        var shown = await ScaleAsync(await ApplicationAsync());

        Assert.Empty(shown.Anomalies);
        Assert.Equal(6, shown.Handled.Count);
        Assert.All(shown.Handled, instance => Assert.True(instance.Value > 0, instance.Key));
        Assert.All(shown.Members, group => Assert.Equal(4, group.Value));
    }

    public ValueTask DisposeAsync() => application.TellIfFailedAsync();

    private async Task<ScaleResult> ScaleAsync(ScaledApplication scaled)
    {
        // The scenario has instances of its own, with other settings.
        await application.System.StopAsync("notifications");
        try
        {
            return await new ScaleScenario(scaled, BuildOutput.Service, TimeProvider.System, output.WriteLine)
                .RunAsync(perSecond: 2, Token);
        }
        finally
        {
            await application.System.StartAsync("notifications");
        }
    }

    private async Task<ScaledApplication> ApplicationAsync()
    {
        var system = application.System;
        var strings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in EvidenceReader.Databases.Append("kafka"))
        {
            strings.Add(name, await system.ConnectionStringAsync(name));
        }

        return new ScaledApplication(
            Services.ToDictionary(service => service, system.EnvironmentOf, StringComparer.Ordinal),
            instance => system.Http(instance).BaseAddress!,
            strings,
            system.Token,
            system.WebhookSecret,
            Path.Combine(system.DataFolders[0], "mail"),
            system.DataFolders[0]);
    }
}
