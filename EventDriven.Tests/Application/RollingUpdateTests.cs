using EventDriven.Chaos.Evidence;
using EventDriven.Chaos.Scenarios;
using EventDriven.Hosting.Services;
using EventDriven.Tests.Application.Harness;

namespace EventDriven.Tests.Application;

/// <summary>
/// Instances are replaced under load, and nobody notices: no client by an error, and nothing that is stored by its order or number. What is
/// measured is printed by <c>./chaos.sh --scenario rolling-update</c>; <c>--scenario scale</c>, which takes minutes, adds and removes them.
/// </summary>
[Collection(ApplicationTests.Name)]
public sealed class RollingUpdateTests(OneOfEach application, ITestOutputHelper output) : IAsyncDisposable
{
    private static readonly string[] Services = ["checkout", "inventory"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rolling_update_loses_no_request_and_breaks_no_order()
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

    public ValueTask DisposeAsync() => application.TellIfFailedAsync();

    private async Task<ScaledApplication> ApplicationAsync()
    {
        var system = application.System;
        return new ScaledApplication(
            Services.ToDictionary(service => service, system.EnvironmentOf, StringComparer.Ordinal),
            instance => system.Http(instance).BaseAddress!,
            await EvidenceReader.ConnectionStringsAsync(system.ConnectionStringAsync),
            system.Token,
            system.WebhookSecret,
            Path.Combine(system.DataFolders[0], "mail"),
            system.DataFolders[0]);
    }
}
