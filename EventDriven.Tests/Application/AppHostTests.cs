using Aspire.Hosting;
using EventDriven.Tests.Application.Harness;

namespace EventDriven.Tests.Application;

/// <summary>What the AppHost does for the services that it runs.</summary>
public sealed class AppHostTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_service_that_dies_is_started_again_and_one_that_was_asked_to_stop_is_not()
    {
        await using var system = await SystemUnderTest.StartAsync(replicas: 1, Token, environment: null, "Servers=processes");
        var former = system.Pid("recommendations");

        await system.KillAsync("recommendations");
        await system.StopAsync("analytics");

        await Eventually.TrueAsync(
            () => system.IsRunning("recommendations") && system.Pid("recommendations") != former, TimeSpan.FromSeconds(60));
        await system.HealthyAsync("recommendations", Token).WaitAsync(TimeSpan.FromMinutes(1), Token);
        Assert.False(system.IsRunning("analytics"));
    }

    [Fact]
    public async Task The_dashboards_commands_are_the_operators()
    {
        await using var system = await SystemUnderTest.StartAsync(replicas: 1, Token);
        await Eventually.TrueAsync(() => File.Exists(system.StateFile));

        // A group is known as soon as its service has begun to read.
        var lag = await Eventually.GetAsync(
            () => system.CommandAsync("inventory", "lag", Token), answer => answer.Success, TimeSpan.FromSeconds(60));
        var unexplained = await system.CommandAsync("inventory", "redrive", Token);
        var redrive = await system.CommandAsync("inventory", "redrive", Token, Given("because", "A test."));
        var rehearsal = await system.CommandAsync("inventory", "rehearse", Token, Given("from", "beginning"));

        var paused = await system.CommandAsync("inventory", "pause", Token, Given("for", "90s"), Given("because", "A test."));
        var resumed = await system.CommandAsync("inventory", "resume", Token, Given("because", "A test."));
        var replay = await system.CommandAsync("inventory", "replay", Token, Given("from", "yesterday"), Given("because", "A test."));

        Assert.Contains("inventory", lag.Data?.Value, StringComparison.Ordinal);
        Assert.True(paused.Success, $"{paused.Message}: {paused.Data?.Value}");
        Assert.Contains("Recorded as entry", paused.Data?.Value, StringComparison.Ordinal);
        Assert.True(resumed.Success, $"{resumed.Message}: {resumed.Data?.Value}");
        Assert.Contains("--from takes beginning", replay.Data?.Value, StringComparison.Ordinal);
        Assert.False(unexplained.Success);
        Assert.False(redrive.Success);
        Assert.Contains("No parked dead letter", redrive.Data?.Value, StringComparison.Ordinal);
        Assert.True(rehearsal.Success, $"{rehearsal.Message}: {rehearsal.Data?.Value}");
    }

    private static InteractionInput Given(string name, string value) =>
        new() { Name = name, InputType = InputType.Text, Value = value };
}
