using System.Text.Json;
using System.Text.Json.Nodes;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Tests.Application.Harness;

namespace EventDriven.Tests.Application;

/// <summary>Law L8: one look says what of the whole system needs somebody.</summary>
[Collection(ApplicationTests.Name)]
public sealed class StatusTests(OneOfEach application) : IAsyncLifetime
{
    // Other tests' orders may still be on their way, and the emulator tells of no member.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(90);

    private readonly SystemClient _client = application.Client;
    private readonly SystemUnderTest _system = application.System;
    private readonly Operator _operator = new(application.System);
    private readonly string _state = Path.GetTempFileName();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The addresses of the services; the operator has the connection strings.</summary>
    public async ValueTask InitializeAsync() => await File.WriteAllTextAsync(
        _state,
        JsonSerializer.Serialize(SystemUnderTest.Services.ToDictionary(
            service => $"services__{service}__http__0", service => _system.Http(service).BaseAddress!.ToString(), StringComparer.Ordinal)),
        Token);

    [Fact]
    public async Task L8_a_service_that_is_stopped_comes_first_in_red_and_everything_is_green_when_it_is_back()
    {
        var green = await Eventually.GetAsync(StatusAsync, status => State(status) == "green", Bound);
        Assert.Equal(
            ["group analytics", "group checkout", "group inventory", "group notifications", "group recommendations"],
            Parts(green).Where(part => (string?)part["kind"] == "group").Select(part => $"{part["kind"]} {part["name"]}"));

        await _system.StopAsync("inventory");
        try
        {
            await _client.PlaceAsync();
            var red = await Eventually.GetAsync(
                StatusAsync, status => State(status) == "red" && Parts(status)[0] is { } first && (string?)first["kind"] == "group"
                    && (long?)first["events"] > 0, Bound);

            var first = Parts(red)[0];
            Assert.Equal("inventory", (string?)first["name"]);
            Assert.Matches("^no (member|sign of a member) for [0-9]+ (s|min)$", (string?)first["says"]![0]);
            Assert.Equal(
                ["inventory", "inventory"],
                Parts(red).Where(part => (string?)part["state"] == "red").Select(part => (string?)part["name"]));

            // For a person, too: it is named below the table.
            var (exitCode, output, _) = await _operator.RunAsync("status", "--state", _state);
            Assert.Equal(ExitCode.Refused, exitCode);
            var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.StartsWith("red", lines[1], StringComparison.Ordinal);
            Assert.Matches("^2 red, .*inventory: no (member|sign of a member) for ", lines[^1]);
        }
        finally
        {
            await _system.StartAsync("inventory");
        }

        await Eventually.GetAsync(StatusAsync, status => State(status) == "green", Bound);
    }

    [Fact]
    public async Task An_orders_journey_names_the_group_that_has_not_handled_a_fact_yet_and_since_when()
    {
        await _system.StopAsync("inventory");
        try
        {
            var order = await _client.PlaceAsync();
            var fact = await Eventually.GetAsync(() => PlacedAsync(order.Id), placed => placed?["groups"]!.AsArray().Count == 3, Bound);

            var silent = Assert.Single(fact!["notTold"]!.AsArray())!;
            Assert.Equal("inventory", (string?)silent["group"]);
            Assert.InRange(
                (double)silent["forSeconds"]!, 0, (TimeProvider.System.GetUtcNow() - (DateTimeOffset)fact["happenedAt"]!).TotalSeconds + 1);
            var (_, output, _) = await _operator.RunAsync("journey", $"{order.Id}", "--state", _state);
            Assert.Matches("inventory +no receipt for [0-9.]+ s", output);
        }
        finally
        {
            await _system.StartAsync("inventory");
        }
    }

    public async ValueTask DisposeAsync()
    {
        File.Delete(_state);
        await application.TellIfFailedAsync();
    }

    private static string? State(JsonNode status) => (string?)status["state"];

    private static List<JsonNode> Parts(JsonNode status) => [.. status["parts"]!.AsArray().Select(part => part!)];

    private async Task<JsonNode> StatusAsync()
    {
        var (_, output, error) = await _operator.RunAsync("status", "--json", "--state", _state);
        Assert.True(output.Length > 0, error);
        return JsonNode.Parse(output)!;
    }

    // Its OrderPlaced, as soon as somebody has told of it.
    private async Task<JsonNode?> PlacedAsync(Guid order)
    {
        var (exitCode, output, _) = await _operator.RunAsync("journey", $"{order}", "--json", "--state", _state);
        return exitCode == ExitCode.Done
            ? JsonNode.Parse(output)!["facts"]!.AsArray()
                .SingleOrDefault(fact => ((string)fact!["type"]!).Contains("order-placed", StringComparison.Ordinal))
            : null;
    }
}
