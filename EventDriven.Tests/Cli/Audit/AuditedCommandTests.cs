using System.CommandLine;
using System.Text.Json;
using EventDriven.Cli;
using EventDriven.Cli.Audit;
using EventDriven.Identity;
using EventDriven.Messaging.Operations.Audit;
using EventDriven.Messaging.Operations.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace EventDriven.Tests.Cli.Audit;

/// <summary>A whole command, from its command line to the entries of the trail.</summary>
public sealed class AuditedCommandTests(Servers servers) : IAsyncLifetime
{
    private const string Customer = "0199aa3c-5d0e-7a43-9c3c-2f1d6a7b8c9d";
    private const string Dead = "Host=127.0.0.1;Port=1;Username=audit_writer;Password=0perator's password;Database=auditdb";

    private readonly string _state = Path.GetTempFileName();
    private readonly string _key = DevelopmentIssuer.NewKey();
    private WebApplication? _checkout;
    private Func<Task<int>> _answer = () => Task.FromResult(StatusCodes.Status204NoContent);
    private int _asked;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _checkout = builder.Build();
        _checkout.MapFallback(async request =>
        {
            _asked++;
            await Results.StatusCode(await _answer()).ExecuteAsync(request);
        });
        await _checkout.StartAsync(Token);
    }

    [Fact]
    public async Task A_change_has_an_entry_before_it_and_one_after_it()
    {
        var audit = await AuditFixture.CreateAsync(servers);
        var beforeTheChange = 0;
        _answer = async () =>
        {
            beforeTheChange = (await audit.EntriesAsync()).Count;
            return StatusCodes.Status204NoContent;
        };

        var (exitCode, said) = await Output.OfErrorsAsync(
            () => RunAsync(audit.ConnectionString, "forget", Customer, "--yes", "--because", "Ticket 4711: \"erase me\""));

        Assert.Equal(ExitCode.Done, exitCode);
        Assert.Equal(1, beforeTheChange);
        var entries = await audit.EntriesAsync();
        Assert.Contains(
            $"Recorded as entry 2, head {AuditHash.Text(entries[1].Hash)}", said.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal([AuditPhase.Started, AuditPhase.Succeeded], entries.Select(entry => entry.Record.Phase));
        Assert.Single(entries.Select(entry => entry.Record.ChangeId).Distinct());
        Assert.All(entries, entry => Assert.Equal(
            (Environment.UserName, Environment.UserName, Environment.MachineName, $"forget {Customer} --yes --state {_state}",
                "Ticket 4711: \"erase me\"", null),
            (entry.Record.Operator, entry.Record.Subject, entry.Record.Host, entry.Record.Command, entry.Record.Reason,
                entry.Record.Detail)));
        Assert.Null((await audit.CheckAsync()).Fault);
    }

    [Fact]
    public async Task A_change_that_fails_is_recorded_with_its_error()
    {
        var audit = await AuditFixture.CreateAsync(servers);
        _answer = () => Task.FromResult(StatusCodes.Status404NotFound);

        Assert.Equal(ExitCode.Refused, await RunAsync(audit.ConnectionString, "forget", Customer, "--yes", "--because", "a test"));

        var entries = await audit.EntriesAsync();
        Assert.Equal([AuditPhase.Started, AuditPhase.Failed], entries.Select(entry => entry.Record.Phase));
        Assert.Contains("never knew customer", entries[1].Record.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_that_is_stopped_is_recorded_too()
    {
        var audit = await AuditFixture.CreateAsync(servers);
        using var stop = new CancellationTokenSource();
        var held = new TaskCompletionSource<int>();
        _answer = async () =>
        {
            await stop.CancelAsync();
            return await held.Task;
        };
        await WriteStateAsync(audit.ConnectionString);

        var exitCode = await CommandLine.RunAsync(
            OperatorCommands.Create(OfState()), ["forget", Customer, "--yes", "--because", "a test", "--state", _state], stop.Token);

        held.SetResult(StatusCodes.Status503ServiceUnavailable);
        Assert.Equal(ExitCode.Stopped, exitCode);
        Assert.Equal(
            [AuditPhase.Started, AuditPhase.Stopped], (await audit.EntriesAsync()).Select(entry => entry.Record.Phase));
    }

    [Fact]
    public async Task Nothing_is_changed_without_a_reason_and_nothing_recorded()
    {
        var audit = await AuditFixture.CreateAsync(servers);

        var (exitCode, error) = await Output.OfErrorsAsync(() => RunAsync(audit.ConnectionString, "forget", Customer, "--yes"));

        Assert.Equal(ExitCode.Usage, exitCode);
        Assert.Contains("--because", error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, await RunAsync(audit.ConnectionString, "forget", Customer, "--yes", "--because", " "));
        Assert.Equal(0, _asked);
        Assert.Empty(await audit.EntriesAsync());
    }

    [Fact]
    public async Task Whoever_says_no_leaves_no_entry()
    {
        var trail = new MemoryTrail();
        await WriteStateAsync(auditdb: null);
        var changes = Asked.Recording(new Confirmation((_, _) => Task.FromResult(false), _ => Task.FromResult("a test")), trail);

        Assert.Equal(
            ExitCode.Refused,
            await CommandLine.RunAsync(OperatorCommands.Create(changes), ["forget", Customer, "--state", _state], Token));
        Assert.Empty(trail.Records);
    }

    [Fact]
    public async Task A_person_at_a_terminal_is_asked_for_the_reason()
    {
        var trail = new MemoryTrail();
        await WriteStateAsync(auditdb: null);
        var changes = Asked.Recording(new Confirmation((_, _) => Task.FromResult(true), _ => Task.FromResult("asked")), trail);

        Assert.Equal(
            ExitCode.Done, await CommandLine.RunAsync(OperatorCommands.Create(changes), ["forget", Customer, "--state", _state], Token));
        Assert.All(trail.Records, record => Assert.Equal("asked", record.Reason));
    }

    [Theory]
    [InlineData(null, ExitCode.Usage, "audit script")]
    [InlineData("no connection string", ExitCode.Usage, "ConnectionStrings__auditdb")]
    [InlineData("Username=audit_writer;Database=auditdb", ExitCode.Usage, "the audit trail can't be written")]
    [InlineData(Dead, ExitCode.Unreachable, "the audit trail can't be written")]
    public async Task Nothing_is_changed_while_the_trail_is_away(string? auditdb, int exitCode, string said)
    {
        var (ended, error) = await Output.OfErrorsAsync(() => RunAsync(auditdb, "forget", Customer, "--yes", "--because", "a test"));

        Assert.Equal(exitCode, ended);
        error = error.ReplaceLineEndings(" ");
        Assert.Contains("Nothing was changed", error, StringComparison.Ordinal);
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.DoesNotContain(AuditFixture.Password, error, StringComparison.Ordinal);
        Assert.Equal(0, _asked);
    }

    [Fact]
    public async Task Nothing_is_changed_while_the_table_is_missing()
    {
        var audit = await AuditFixture.CreateAsync(servers);
        await audit.RunAsAdministratorAsync("DROP TABLE audit.entries CASCADE");

        Assert.Equal(ExitCode.Refused, await RunAsync(audit.ConnectionString, "forget", Customer, "--yes", "--because", "a test"));
        Assert.Equal(0, _asked);
    }

    [Fact]
    public async Task An_outcome_that_can_not_be_recorded_has_an_exit_code_of_its_own()
    {
        var audit = await AuditFixture.CreateAsync(servers);
        _answer = async () =>
        {
            await audit.RunAsAdministratorAsync("REVOKE INSERT ON audit.entries FROM audit_writer");
            return StatusCodes.Status204NoContent;
        };

        var (exitCode, error) = await Output.OfErrorsAsync(
            () => RunAsync(audit.ConnectionString, "forget", Customer, "--yes", "--because", "a test"));

        Assert.Equal(ExitCode.OutcomeNotRecorded, exitCode);
        Assert.Contains("The change succeeded, but the audit trail", error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal(AuditPhase.Started, Assert.Single(await audit.EntriesAsync()).Record.Phase);
    }

    /// <summary>Its secrets come with the command line, the state file and what Checkout answers.</summary>
    [Fact]
    public async Task No_secret_is_recorded()
    {
        var audit = await AuditFixture.CreateAsync(servers);

        await RunAsync(
            audit.ConnectionString, "forget", Customer, "--yes", "--because", $"{AuditFixture.Password} and {_key}, password=hunter2");

        var (exitCode, said) = await Output.OfAsync(() => RunAsync(audit.ConnectionString, "audit", "--json"));
        Assert.Equal(ExitCode.Done, exitCode);
        Assert.Contains("*** and ***, password=***", said, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_newest_entries_are_shown_last_and_the_chain_is_verified()
    {
        var audit = await AuditFixture.CreateAsync(servers);
        await audit.AppendAsync(3);
        var head = AuditHash.Text((await audit.EntriesAsync())[^1].Hash);

        var (exitCode, said) = await Output.OfAsync(
            () => RunAsync(audit.ConnectionString, "audit", "--limit", "2", "--since", "1h", "--json"));
        Assert.Equal(ExitCode.Done, exitCode);
        using (var json = JsonDocument.Parse(said))
        {
            Assert.Equal([2, 3], json.RootElement.EnumerateArray().Select(entry => entry.GetProperty("entry").GetInt32()));
            Assert.Equal(head, json.RootElement[1].GetProperty("hash").GetString());
        }

        Assert.Equal(ExitCode.Done, await RunAsync(audit.ConnectionString, "audit"));
        Assert.Equal(ExitCode.Usage, await RunAsync(audit.ConnectionString, "audit", "--since", "soon"));
        (exitCode, said) = await Output.OfAsync(() => RunAsync(audit.ConnectionString, "audit", "verify", "--json", "--head", head));
        Assert.Equal(ExitCode.Done, exitCode);
        Assert.Contains(head, said, StringComparison.Ordinal);
        Assert.Contains("\"findsDeletedEnd\": true", said, StringComparison.Ordinal);
        (exitCode, said) = await Output.OfAsync(() => RunAsync(audit.ConnectionString, "audit", "verify", "--json"));
        Assert.Equal(ExitCode.Done, exitCode);
        Assert.Contains("\"findsDeletedEnd\": false", said, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, await RunAsync(audit.ConnectionString, "audit", "verify"));
        var another = AuditHash.Text(AuditHash.Start);
        Assert.Equal(ExitCode.Refused, await RunAsync(audit.ConnectionString, "audit", "verify", "--head", another));
        Assert.Equal(ExitCode.Usage, await RunAsync(audit.ConnectionString, "audit", "verify", "--head", "abc"));

        await audit.TamperAsync("UPDATE audit.entries SET reason = 'another' WHERE sequence = 2");

        (exitCode, said) = await Output.OfErrorsAsync(() => RunAsync(audit.ConnectionString, "audit", "verify"));
        Assert.Equal(ExitCode.Refused, exitCode);
        Assert.Contains("entry 2 was changed", said.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Refused, await RunAsync(audit.ConnectionString, "audit", "verify", "--json"));
    }

    /// <summary>Whoever works on another system by address must not write into the trail of the local one.</summary>
    [Fact]
    public async Task The_trail_of_the_local_application_is_not_that_of_another_system()
    {
        var audit = await AuditFixture.CreateAsync(servers);

        await WriteStateAsync(audit.ConnectionString);
        var other = Parse("topics", "apply", "--kafka", "another:9092");

        Assert.Equal(
            ExitCode.Usage,
            Assert.Throws<OperationFailedException>(() => AuditConnection.Find(other, ChangeTargets.Kafka)).ExitCode);
        _ = AuditConnection.Find(Parse("topics", "apply"), ChangeTargets.Kafka);
    }

    /// <summary>Whoever works on the local application must not write into the trail of another one, which the environment names.</summary>
    [Fact]
    public async Task The_trail_of_another_system_is_not_that_of_the_local_application()
    {
        await WriteStateAsync("Host=localhost;Port=5;Username=audit_writer;Database=auditdb");
        var (local, remote) = (Parse("topics", "apply"), Parse("topics", "apply", "--kafka", "another:9092"));
        Environment.SetEnvironmentVariable(AuditConnection.Variable, "Host=another;Username=audit_writer;Password=p;Database=auditdb");
        try
        {
            var (exitCode, error) = await Output.OfErrorsAsync(() => CommandLine.RunAsync(
                OperatorCommands.Create(OfState()), ["forget", Customer, "--yes", "--because", "a test", "--state", _state], Token));
            Assert.Equal(ExitCode.Usage, exitCode);
            Assert.Contains("the audit trail of another system", error.ReplaceLineEndings(" "), StringComparison.Ordinal);
            Assert.Equal(0, _asked);

            foreach (var targets in (ChangeTargets[])[ChangeTargets.Kafka, ChangeTargets.Databases, ChangeTargets.Services])
            {
                Assert.Throws<OperationFailedException>(() => AuditConnection.Find(local, targets));
            }

            // Kafka is given, the databases come from the state file.
            _ = AuditConnection.Find(remote, ChangeTargets.Kafka);
            Assert.Throws<OperationFailedException>(() => AuditConnection.Find(remote, ChangeTargets.Kafka | ChangeTargets.Databases));

            // The same one, by another role.
            Environment.SetEnvironmentVariable(AuditConnection.Variable, "Host=localhost;Port=5;Username=another;Database=auditdb");
            _ = AuditConnection.Find(local, ChangeTargets.Kafka);
        }
        finally
        {
            Environment.SetEnvironmentVariable(AuditConnection.Variable, value: null);
        }
    }

    /// <summary>What can't be recorded is told, and hides neither the command's result nor its failure.</summary>
    [Theory]
    [InlineData(StatusCodes.Status204NoContent, ExitCode.OutcomeNotRecorded, "The change succeeded")]
    [InlineData(StatusCodes.Status404NotFound, ExitCode.Refused, "The change failed")]
    public async Task The_result_is_told_though_the_outcome_can_not_be_recorded(int status, int exitCode, string told)
    {
        _answer = () => Task.FromResult(status);
        var trail = new MemoryTrail
        {
            Before = (record, _) => record.Phase == AuditPhase.Started ? Task.CompletedTask : throw new FileNotFoundException("gone"),
        };
        var ended = -1;

        var (_, said) = await Output.OfAsync(async () =>
        {
            (ended, var errors) = await Output.OfErrorsAsync(() => RunAsync(trail, TimeProvider.System, Token));
            Assert.Contains($"{told}, but the audit trail could not be", errors.ReplaceLineEndings(" "), StringComparison.Ordinal);
            return ended;
        });

        Assert.Equal(exitCode, ended);
        Assert.Equal(status == StatusCodes.Status204NoContent, said.Contains(Customer, StringComparison.Ordinal));
    }

    public static TheoryData<Exception, string> Failures => new()
    {
        { new FormatException("Host can't be null"), "Host can't be null" },
        { new FileNotFoundException("root.crt is missing"), "root.crt is missing" },
        { new OperationCanceledException("not by us"), "not by us" },
        {
            new PostgresException("canceling", "ERROR", "ERROR", PostgresErrorCodes.LockNotAvailable),
            "another session holds the trail's lock"
        },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Whatever_keeps_the_trail_from_being_written_nothing_is_changed(Exception failure, string why)
    {
        var trail = new MemoryTrail { Before = (_, _) => throw failure };

        var (_, errors) = await Output.OfErrorsAsync(() => RunAsync(trail, TimeProvider.System, Token));

        errors = errors.ReplaceLineEndings(" ");
        Assert.Contains("Nothing was changed, because", errors, StringComparison.Ordinal);
        Assert.Contains(why, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("defect", errors, StringComparison.Ordinal);
        Assert.Equal(0, _asked);
    }

    /// <summary>The process ends 8 s after Ctrl+C, and must have said by then what is not recorded.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Recording_the_outcome_has_little_time_after_a_stop(bool isStoppedBefore)
    {
        var time = new FakeTimeProvider();
        var (stop, hangs) = (new CancellationTokenSource(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var trail = new MemoryTrail
        {
            Before = async (record, token) =>
            {
                if (record.Phase != AuditPhase.Started)
                {
                    hangs.SetResult();
                    await Task.Delay(Timeout.InfiniteTimeSpan, token);
                }
            },
        };
        var held = new TaskCompletionSource<int>();
        if (isStoppedBefore)
        {
            _answer = async () =>
            {
                await stop.CancelAsync();
                return await held.Task;
            };
        }

        var (exitCode, errors) = await Output.OfErrorsAsync(async () =>
        {
            var running = RunAsync(trail, time, stop.Token);
            await hangs.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);
            await stop.CancelAsync();
            time.Advance(TimeSpan.FromSeconds(4));
            return await running.WaitAsync(TimeSpan.FromSeconds(30), Token);
        });

        held.SetResult(StatusCodes.Status503ServiceUnavailable);
        stop.Dispose();
        Assert.Equal(isStoppedBefore ? ExitCode.Stopped : ExitCode.OutcomeNotRecorded, exitCode);
        Assert.Contains("but the audit trail could not be written again", errors.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_whose_password_or_token_is_a_name_hides_neither_who_nor_what()
    {
        var trail = new MemoryTrail();
        Environment.SetEnvironmentVariable("X_TOKEN", Environment.UserName);
        Environment.SetEnvironmentVariable("Y_TOKEN", Environment.MachineName);
        try
        {
            Assert.Equal(ExitCode.Done, await RunAsync(trail, TimeProvider.System, Token));
        }
        finally
        {
            Environment.SetEnvironmentVariable("X_TOKEN", value: null);
            Environment.SetEnvironmentVariable("Y_TOKEN", value: null);
        }

        Assert.All(trail.Records, record => Assert.Equal(
            (Environment.UserName, Environment.MachineName, Environment.UserName), (record.Operator, record.Host, record.Subject)));
    }

    public async ValueTask DisposeAsync()
    {
        await _checkout!.DisposeAsync();
        File.Delete(_state);
    }

    private static OperatorChanges OfState() =>
        new(new Confirmation(ask: null, askReason: null), AuditConnection.Find, TimeProvider.System);

    private ParseResult Parse(params string[] args) => OperatorCommands.Create(Asked.Nobody).Parse([.. args, "--state", _state]);

    /// <summary>Forgets the customer, and records in that trail.</summary>
    private async Task<int> RunAsync(MemoryTrail trail, TimeProvider time, CancellationToken cancellationToken)
    {
        await WriteStateAsync(auditdb: null);
        return await CommandLine.RunAsync(
            OperatorCommands.Create(Asked.Recording(new Confirmation(ask: null, askReason: null), trail, time)),
            ["forget", Customer, "--yes", "--because", "a test", "--json", "--state", _state],
            cancellationToken);
    }

    private async Task<int> RunAsync(string? auditdb, params string[] args)
    {
        await WriteStateAsync(auditdb);
        return await CommandLine.RunAsync(OperatorCommands.Create(OfState()), [.. args, "--state", _state], Token);
    }

    private Task WriteStateAsync(string? auditdb)
    {
        var state = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["services__checkout__http__0"] = _checkout!.Urls.Single(),
            [DevelopmentIssuer.KeyVariable] = _key,
        };
        if (auditdb is not null)
        {
            state["auditdb"] = auditdb;
        }

        return File.WriteAllTextAsync(_state, JsonSerializer.Serialize(state), Token);
    }
}
