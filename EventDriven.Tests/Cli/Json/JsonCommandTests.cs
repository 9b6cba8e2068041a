using System.Text.Json;
using EventDriven.Cli;
using EventDriven.Cli.Audit;
using EventDriven.Hosting.Services;
using EventDriven.Identity;
using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Tests.Cli.Audit;
using EventDriven.Tests.Messaging.Host;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EventDriven.Tests.Cli.Json;

/// <summary>Each command writes with <c>--json</c> what docs/cli.md says, beside a running service.</summary>
public sealed class JsonCommandTests(Servers servers) : IDisposable
{
    /// <summary>The commands that this test runs.</summary>
    public static readonly string[] Run =
    [
        "acls show", "audit", "audit script", "audit verify", "dead-letters discard", "dead-letters list", "dead-letters redrive",
        "dead-letters show", "forget", "journey", "lag", "outbox list", "pause", "reconcile", "reference", "replay", "resume", "status",
        "token", "topics apply", "topics list",
    ];

    private const string Order = "0199aa3c-5d0e-7a43-9c3c-2f1d6a7b8c9d";

    private const string Journey =
        $$"""
        {"orderId":"{{Order}}","facts":[{"eventId":"{{Order}}","type":"eventdriven.orders.order-placed.v1","topic":"orders.v1",
        "happenedAt":"2026-11-30T10:00:00+00:00","groups":[{"group":"inventory","outcome":"handled","attempt":1,
        "at":"2026-11-30T10:00:00.1+00:00","afterMs":100.5,"tookMs":3.25}]}]}
        """;

    private readonly string _state = Path.GetTempFileName();
    private readonly List<string> _ran = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_command_writes_what_is_documented()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with
        {
            Behaviour = (context, _) => context.Data.Number == 1 ? throw new InvalidOperationException("never") : Task.CompletedTask,
        };
        await using var http = await StartHttpAsync();
        await WriteStateAsync(options, http.Urls.Single(), (await AuditFixture.CreateAsync(servers)).ConnectionString);
        await using var service = await NoteService.StartAsync(options, Token);
        await Records.ProduceAsync(
            options.Kafka,
            options.Topic,
            [Records.Of(new Noted("a", 1)), Records.Of(new Noted("a", 2)), Records.Of(new Noted("b", 2))],
            Token);
        await using var database = await options.OpenDatabaseAsync(Token);
        var letters = await Eventually.GetAsync(
            async () => await new DeadLetterAdmin(database).ListAsync(new DeadLetterFilter(), includeResolved: true, 10, Token),
            found => found.Count == 2);
        string[] group = ["--group", options.Group!], agreed = ["--yes", "--because", "a test"];

        await CheckAsync(ExitCode.Done, ["topics", "apply", .. agreed]);
        await CheckAsync(ExitCode.Done, ["topics", "list"]);
        await CheckAsync(exitCode: null, ["status"]);
        await CheckAsync(ExitCode.Done, ["lag"]);
        await CheckAsync(ExitCode.Done, ["outbox", "list"]);
        await CheckAsync(ExitCode.Refused, ["dead-letters", "list"]);
        await CheckAsync(ExitCode.Done, ["dead-letters", "show", $"{letters[0].Id}", .. group]);
        await CheckAsync(ExitCode.Refused, ["dead-letters", "redrive", "--wait", "--timeout", "30", .. group, .. agreed]);
        await CheckAsync(ExitCode.Done, ["dead-letters", "discard", $"{letters[0].Id}", .. group, .. agreed]);
        await CheckAsync(ExitCode.Done, ["dead-letters", "redrive", .. group, .. agreed]);
        await CheckAsync(exitCode: null, ["reconcile", "--since", "1h"]);
        if (servers.NoKafkaLogOnDisk is null)
        {
            await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == 2);
        }

        // The emulator can't tell who is in a group: then its only line is the plan.
        await CheckAsync(exitCode: null, ["replay", "--from", "beginning", .. group, .. agreed]);
        await CheckAsync(ExitCode.Done, ["pause", "--for", "30s", .. group, .. agreed]);
        await CheckAsync(ExitCode.Done, ["resume", .. group, .. agreed]);
        await CheckAsync(ExitCode.Done, ["journey", Order]);
        await CheckAsync(ExitCode.Done, ["forget", Order, .. agreed]);
        await CheckAsync(ExitCode.Done, ["token", "--scope", "ops:read"]);
        await CheckAsync(ExitCode.Done, ["acls", "show", "--program", BuildOutput.Program("Analytics.Worker")]);
        await CheckAsync(ExitCode.Done, ["audit"]);
        await CheckAsync(ExitCode.Done, ["audit", "verify"]);
        await CheckAsync(ExitCode.Done, ["audit", "script"]);
        await CheckAsync(ExitCode.Done, ["reference", "--check", "--output", Path.Combine(Repository.Root, "docs")]);

        Assert.Equal(Run.Order(StringComparer.Ordinal), _ran.Distinct().Order(StringComparer.Ordinal));
    }

    public void Dispose() => File.Delete(_state);

    private static async Task<WebApplication> StartHttpAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/analytics/orders/{id}/journey", () => Results.Content(Journey, "application/json"));
        app.MapDelete("/customers/{id}", () => Results.NoContent());
        await app.StartAsync(Token);
        return app;
    }

    private async Task CheckAsync(int? exitCode, string[] args)
    {
        var errors = "";
        var (ended, said) = await Output.OfAsync(async () =>
        {
            (var code, errors) = await Output.OfErrorsAsync(() => CommandLine.RunAsync(
                OperatorCommands.Create(new OperatorChanges(new Confirmation(null, null), AuditConnection.Find, TimeProvider.System)),
                args[0] == "reference" ? [.. args, "--json"] : [.. args, "--json", "--state", _state],
                Token));
            return code;
        });

        Assert.True(exitCode is null || ended == exitCode, $"{string.Join(' ', args)} ended with {ended}: {errors}{said}");
        var command = DocumentedOutput.Commands.Where(path => $"{string.Join(' ', args)} ".StartsWith($"{path} ", StringComparison.Ordinal))
            .MaxBy(path => path.Length)!;
        DocumentedOutput.Check(command, said);
        _ran.Add(command);

        // Standard error is for programs, too.
        foreach (var line in errors.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var json = JsonDocument.Parse(line);
            Assert.Contains(
                Assert.IsType<string>(json.RootElement.EnumerateObject().First().Name), (string[])["error", "warning", "note"]);
        }
    }

    private Task WriteStateAsync(NoteServiceOptions options, string http, string auditdb) => File.WriteAllTextAsync(
        _state,
        JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["notesdb"] = options.Database,
            ["kafka"] = options.Kafka,
            ["auditdb"] = auditdb,
            [DevelopmentIssuer.KeyVariable] = DevelopmentIssuer.NewKey(),
            ["services__analytics__http__0"] = http,
            ["services__checkout__http__0"] = http,
        }),
        Token);
}
