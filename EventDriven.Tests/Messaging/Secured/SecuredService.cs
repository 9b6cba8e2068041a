using System.Text.Json;
using EventDriven.Messaging.Operations.Access;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Tests.Messaging.Host;
using EventDriven.Tests.Services;

namespace EventDriven.Tests.Messaging.Secured;

/// <summary>A service with an outbox and a consumer on the secured broker, on a topic and a group of its own.</summary>
internal sealed class SecuredService
{
    private static readonly Dictionary<string, string?> Impatient = new(StringComparer.Ordinal)
    {
        ["Messaging:Lag:PollInterval"] = "00:00:00.500",
    };

    private SecuredService(NoteServiceOptions options) => Options = options;

    public NoteServiceOptions Options { get; private init; }

    public LoggedLines Log => Options.Log!;

    /// <summary>What it does with Kafka.</summary>
    public DeclaredAccess Access => new("/notes", [Options.Topic], [new DeclaredGroup(Options.Group!, [Options.Topic])], Receipts: null);

    /// <summary>A topic, a group and a database for a service that connects so.</summary>
    public static async Task<SecuredService> CreateAsync(SecuredKafka kafka, Servers servers, string connection)
    {
        var topic = Servers.NewTopicName();
        await kafka.CreateTopicAsync(topic);
        var options = new NoteServiceOptions
        {
            Database = await servers.CreateDatabaseAsync(TestContext.Current.CancellationToken),
            Kafka = connection,
            Redis = servers.Redis,
            Topic = topic,
            Group = $"group-{topic}",
            Leases = false,
            ServesHttp = true,
            Settings = Impatient,
            Log = new LoggedLines(),
        };
        await using var database = new TestDatabase(TestDatabaseOptions.For(options.Database));
        await database.CreateAsync(TestContext.Current.CancellationToken);
        return new SecuredService(options);
    }

    /// <summary>The same with another connection string.</summary>
    public SecuredService With(string connection) => new(Options with { Kafka = connection, Log = new LoggedLines() });

    public Task GrantAsync(SecuredKafka kafka, string principal) => kafka.GrantAsync(PrincipalAccess.OfService(principal, Access));

    public Task<NoteService> StartAsync() => NoteService.StartAsync(Options, TestContext.Current.CancellationToken);

    /// <summary>Waits until the service's health says this of a check.</summary>
    public static async Task<string> IsDegradedAsync(NoteService service, string check, string why) => await Eventually.GetAsync(
        async () => (await CheckAsync(service, check)).Description,
        description => description.Contains(why, StringComparison.Ordinal),
        TimeSpan.FromSeconds(60));

    /// <summary>Waits until the check is healthy.</summary>
    public static Task IsHealthyAsync(NoteService service, string check) =>
        Eventually.GetAsync(() => CheckAsync(service, check), now => now.Status == "healthy", TimeSpan.FromSeconds(60));

    private static async Task<(string? Status, string Description)> CheckAsync(NoteService service, string check)
    {
        using var answer = await service.Http.GetAsync("/health", TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var found = json.RootElement.GetProperty("checks").GetProperty(check);
        return (
            found.GetProperty("status").GetString(),
            found.TryGetProperty("description", out var description) ? $"{description}" : "");
    }
}
