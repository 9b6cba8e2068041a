using System.Net;
using System.Text.Json;
using EventDriven.Tests.Messaging.Host;
using Npgsql;

namespace EventDriven.Tests.Messaging;

/// <summary>Law L8: <c>/health</c> says which part of a service is not well and why, <c>/alive</c> depends on nothing.</summary>
public sealed class HealthTests(Servers servers)
{
    private const string Away = "127.0.0.1:1";

    private static readonly Dictionary<string, string?> Strict = new(StringComparer.Ordinal)
    {
        ["Messaging:Lag:PollInterval"] = "00:00:00.100",
        ["Messaging:Lag:DegradedAfter"] = "00:00:01",
        ["Messaging:Outbox:DegradedAfter"] = "00:00:01",
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_service_that_keeps_up_is_healthy_in_each_check()
    {
        await using var service = await NoteService.StartAsync(await OptionsAsync(), Token);
        await service.AnnounceAsync(Token, new Noted("a", 1));
        await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == 1);

        var health = await Eventually.GetAsync(() => HealthAsync(service), answer => answer.Status == "healthy");
        Assert.Equal(
            ["self", "ending", "database", "topics", "kafka", "redis", "outbox", "lag", "parked-keys", "unreadable", "consumer"],
            health.Checks.EnumerateObject().Select(check => check.Name));
        Assert.All(health.Checks.EnumerateObject(), check => Assert.Equal("healthy", check.Value.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Without_Redis_it_is_degraded()
    {
        await using var service = await NoteService.StartAsync(await OptionsAsync() with { Redis = Away }, Token);

        await IsDegradedByAsync(service, "redis", "Redis");
    }

    [Fact]
    public async Task Without_a_broker_it_is_degraded_and_soon_the_outbox_tells_too()
    {
        await using var service = await NoteService.StartAsync(await OptionsAsync() with { Kafka = Away }, Token);
        await service.AnnounceAsync(Token, new Noted("a", 1), new Noted("b", 1));

        await IsDegradedByAsync(service, "kafka", "broker");
        var outbox = await IsDegradedByAsync(service, "outbox", "2 event(s) wait in the outbox");
        Assert.Equal(2, outbox.GetProperty("data").GetProperty("pending").GetInt64());
    }

    [Fact]
    public async Task A_group_that_stays_behind_degrades_it_until_it_has_caught_up()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var options = await OptionsAsync() with { Behaviour = (_, token) => gate.Task.WaitAsync(token) };
        await using var service = await NoteService.StartAsync(options, Token);
        await service.AnnounceAsync(Token, new Noted("a", 1));

        var lag = await IsDegradedByAsync(service, "lag", $"Group '{options.Group}' is");
        Assert.Equal(1, lag.GetProperty("data").GetProperty(options.Group!).GetProperty("events").GetInt64());

        gate.SetResult();
        await Eventually.GetAsync(() => HealthAsync(service), answer => answer.Status == "healthy");
    }

    [Fact]
    public async Task A_parked_key_degrades_it()
    {
        var options = await OptionsAsync() with { Behaviour = (_, _) => throw new InvalidOperationException("never") };
        await using (var service = await NoteService.StartAsync(options, Token))
        {
            await service.AnnounceAsync(Token, new Noted("a", 1));

            var parked = await IsDegradedByAsync(service, "parked-keys", $"1 key(s) of group '{options.Group}'");
            Assert.Equal(1, parked.GetProperty("data").GetProperty(options.Group!).GetInt64());
        }

        // Not when the group reads another log, of which nothing is parked.
        await using var elsewhere = await NoteService.StartAsync(options with { Cluster = "another log" }, Token);
        await Eventually.GetAsync(() => HealthAsync(elsewhere), answer =>
            answer.Check("parked-keys") is var check && check.GetProperty("status").GetString() == "healthy"
            && check.TryGetProperty("data", out var data) && data.TryGetProperty(options.Group!, out var parked) && parked.GetInt64() == 0);
    }

    [Fact]
    public async Task A_group_that_pauses_because_everything_fails_makes_it_unhealthy_until_it_goes_on()
    {
        var broken = true;
        var options = await OptionsAsync() with
        {
            MaxParkedKeys = 5,
            Behaviour = (_, _) => broken ? throw new InvalidOperationException("broken") : Task.CompletedTask,
        };
        await using var service = await NoteService.StartAsync(options, Token);
        await service.AnnounceAsync(Token, [.. Enumerable.Range(0, 40).Select(key => new Noted($"key-{key}", 1))]);

        var health = await Eventually.GetAsync(() => HealthAsync(service), answer => answer.Code == HttpStatusCode.ServiceUnavailable);
        Assert.Equal("unhealthy", health.Status);
        Assert.Contains(
            $"Group '{options.Group}' pauses {options.Topic}: 5 keys are parked",
            health.Check("consumer").GetProperty("description").GetString(),
            StringComparison.Ordinal);

        broken = false;
        await Eventually.GetAsync(() => HealthAsync(service), answer => answer.Code == HttpStatusCode.OK);
    }

    [Fact]
    public async Task Records_that_cant_be_read_degrade_it_and_it_says_whose_and_how_many()
    {
        var options = await OptionsAsync();
        await using var service = await NoteService.StartAsync(options, Token);
        await Records.ProduceAsync(
            options.Kafka, options.Topic, Enumerable.Range(0, 12).Select(n => Records.Unreadable($"key-{n}")), Token);

        var unreadable = await IsDegradedByAsync(service, "unreadable", $"Group '{options.Group}' could not read 1");
        Assert.Contains(
            $"record(s) of {options.Topic} within a minute", unreadable.GetProperty("description").GetString(), StringComparison.Ordinal);
        await Eventually.GetAsync(
            () => HealthAsync(service),
            answer => answer.Check("unreadable").GetProperty("data").GetProperty($"{options.Group}/{options.Topic}").GetInt64() == 12);
    }

    [Fact]
    public async Task Alive_answers_when_everything_else_is_gone()
    {
        var options = await OptionsAsync() with { Redis = Away, Kafka = Away };
        await using var service = await NoteService.StartAsync(options, Token);
        var database = new NpgsqlConnectionStringBuilder(options.Database);
        await using (var server = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(options.Database) { Database = "postgres" }.ConnectionString))
        {
            await server.OpenAsync(Token);
            await using var drop = new NpgsqlCommand($"DROP DATABASE {database.Database} WITH (FORCE)", server);
            await drop.ExecuteNonQueryAsync(Token);
        }

        var health = await Eventually.GetAsync(() => HealthAsync(service), answer => answer.Code == HttpStatusCode.ServiceUnavailable);
        Assert.Equal("unhealthy", health.Check("database").GetProperty("status").GetString());
        Assert.Equal("degraded", health.Check("redis").GetProperty("status").GetString());
        using var alive = await service.Http.GetAsync("/alive", Token);
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }

    private static async Task<JsonElement> IsDegradedByAsync(NoteService service, string check, string why)
    {
        var health = await Eventually.GetAsync(
            () => HealthAsync(service), answer => answer.Check(check).GetProperty("status").GetString() == "degraded");
        Assert.Equal(("degraded", HttpStatusCode.OK), (health.Status, health.Code));
        Assert.Contains(why, health.Check(check).GetProperty("description").GetString(), StringComparison.Ordinal);
        return health.Check(check);
    }

    private static async Task<HealthAnswer> HealthAsync(NoteService service)
    {
        using var answer = await service.Http.GetAsync("/health", Token);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
        return new HealthAnswer(answer.StatusCode, json.RootElement.Clone());
    }

    private async Task<NoteServiceOptions> OptionsAsync() =>
        await NoteServiceOptions.CreateAsync(servers, Token) with { ServesHttp = true, Settings = Strict };

    private sealed record HealthAnswer(HttpStatusCode Code, JsonElement Json)
    {
        public string? Status => Json.GetProperty("status").GetString();

        public JsonElement Checks => Json.GetProperty("checks");

        public JsonElement Check(string name) => Checks.GetProperty(name);
    }
}
