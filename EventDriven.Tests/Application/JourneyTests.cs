using System.CommandLine;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using EventDriven.Cli;
using EventDriven.Cli.Journeys;
using EventDriven.Contracts;
using EventDriven.Messaging.Operations.Journeys;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Tests.Application.Harness;

namespace EventDriven.Tests.Application;

/// <summary>Law L8: of each order it can be asked which service has done what with it, and when.</summary>
[Collection(ApplicationTests.Name)]
public sealed class JourneyTests(OneOfEach application) : IAsyncDisposable
{
    private static readonly string[] Confirmed =
    [
        "order-placed: analytics inventory notifications recommendations",
        "stock-reserved: analytics checkout",
        "order-confirmed: analytics notifications",
    ];

    private readonly SystemClient _client = application.Client;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_orders_journey_names_every_group_that_handled_each_of_its_facts()
    {
        var started = Stopwatch.GetTimestamp();
        var order = await _client.PlaceAsync();
        await _client.ReachesAsync(order.Id, "Confirmed");

        var journey = await Eventually.GetAsync(() => JourneyAsync(order.Id), told => Drawn(told).SequenceEqual(Confirmed));

        var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        Assert.All(journey!.Facts, fact => Assert.NotEqual(Topics.Receipts.Name, fact.Topic));
        Assert.All(journey.Facts.SelectMany(f => f.Groups), step =>
        {
            Assert.Equal(("handled", 1), (step.Outcome, step.Attempt));
            Assert.InRange(step.AfterMs, 0, elapsed);
            Assert.InRange(step.TookMs, 0, elapsed);
        });

        // Each fact happened while a group handled the one before: in its transaction, of whose commit others may hear before the group has
        // told of it.
        Assert.True(Step(journey, "order-placed", "inventory").At >= Fact(journey, "stock-reserved").HappenedAt);
        Assert.True(Step(journey, "stock-reserved", "checkout").At >= Fact(journey, "order-confirmed").HappenedAt);
        Assert.Equal(journey.Facts.Select(f => f.HappenedAt).Order(), journey.Facts.Select(f => f.HappenedAt));
    }

    [Fact]
    public async Task The_journey_command_finds_the_running_system()
    {
        var order = await _client.PlaceAsync();
        await Eventually.TrueAsync(async () => await JourneyAsync(order.Id) is { Facts.Count: > 0 });
        var state = application.System.StateFile;

        Assert.Equal(ExitCode.Done, await RunAsync($"{order.Id}", "--state", state));
        Assert.Equal(ExitCode.Done, await RunAsync($"{order.Id}", "--json", "--state", state));
        Assert.Equal(ExitCode.Refused, await RunAsync($"{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}", "--state", state));
    }

    public ValueTask DisposeAsync() => application.TellIfFailedAsync();

    private static Task<int> RunAsync(params string[] args) =>
        CommandLine.RunAsync(new RootCommand { JourneyCommand.Create() }, ["journey", .. args]);

    private static string[] Drawn(Journey? journey) =>
        [.. (journey?.Facts ?? []).Select(f => $"{f.Type.Split('.')[2]}: "
            + $"{string.Join(' ', f.Groups.Select(g => g.Group).Order(StringComparer.Ordinal))}")];

    private static JourneyStep Step(Journey journey, string fact, string group) =>
        Fact(journey, fact).Groups.Single(g => g.Group == group);

    private static JourneyFact Fact(Journey journey, string fact) => journey.Facts.Single(f => f.Type.Split('.')[2] == fact);

    private async Task<Journey?> JourneyAsync(Guid orderId)
    {
        using var response = await application.System.Http("analytics").GetAsync($"/analytics/orders/{orderId}/journey", Token);
        return response.StatusCode == HttpStatusCode.NotFound ? null : await response.Content.ReadFromJsonAsync<Journey>(Token);
    }
}
